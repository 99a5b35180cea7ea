// SPDX-License-Identifier: GPL-3.0-or-later
// What a report says of a threat model, and that its drawings fit a page whatever the model holds.
#include "analyzers/engine/threat_mask.h"
#include "analyzers/report/build.h"
#include "analyzers/report/threats/drawing_kit.h"
#include "analyzers/report/threats/threat_drawing.h"
#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/markdown.h"
#include "tests/unit/check.h"
#include "tests/unit/report/made_threats.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace cupel;
using namespace cupel::report;

namespace {

Document documentOf(ThreatReview review)
{
    Options options;
    options.threats = std::make_shared<const ThreatReview>(std::move(review));
    options.today = "2026-11-29";
    return build(test::madeWorkspace(), options);
}

const Section* section(const Document& document, std::string_view id)
{
    const auto found = std::find_if(
        document.sections.begin(), document.sections.end(), [id](const Section& one) { return one.id == id; });
    return found == document.sections.end() ? nullptr : &*found;
}

std::string markdownOf(const Document& document, std::string_view id)
{
    Document one;
    if (const Section* found = section(document, id)) {
        one.sections.push_back(*found);
    }
    return writeMarkdown(one);
}

bool holds(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

// Everything lies on the paper.
bool fits(const Drawing& drawing)
{
    constexpr double slack = 0.5;
    const auto in = [&drawing](double x, double y) {
        return std::isfinite(x) && std::isfinite(y) && x >= -slack && y >= -slack && x <= drawing.width + slack
            && y <= drawing.height + slack;
    };
    struct Check {
        const decltype(in)& inside;
        bool operator()(const DrawnBox& box) const
        {
            return inside(box.x, box.y) && inside(box.x + box.width, box.y + box.height);
        }
        bool operator()(const DrawnLine& line) const
        {
            return std::all_of(line.points.begin(), line.points.end(),
                [this](const DrawnPoint& point) { return inside(point.x, point.y); });
        }
        bool operator()(const DrawnText& text) const { return inside(text.x, text.y) && text.size >= 6; }
        bool operator()(const DrawnSign& sign) const { return inside(sign.x, sign.y); }
    };
    return drawing.width <= Drawing::widest + slack && drawing.height <= Drawing::highest + slack
        && std::all_of(drawing.parts.begin(), drawing.parts.end(),
            [&in](const DrawnPart& part) { return std::visit(Check{in}, part); });
}

std::size_t timesDrawn(const ThreatDrawings& drawn, const std::string& words)
{
    std::size_t out = 0;
    for (const Drawing& drawing : drawn.drawings) {
        out += static_cast<std::size_t>(std::count_if(drawing.told.begin(), drawing.told.end(),
            [&words](const std::string& line) { return line.starts_with(words); }));
    }
    return out;
}

ThreatReview large(std::size_t elements)
{
    ThreatReview review;
    auto& model = review.overlaid.model;
    model.zones = {test::zone("a", "A", 10), test::zone("b", "B", 50), test::zone("c", "C", 90)};
    const char* zones[]{"a", "b", "c", ""};
    for (std::size_t i = 0; i < elements; ++i) {
        const std::string id = "element-" + std::to_string(1000 + i);
        model.elements.push_back(test::element(id, i % 3 == 0 ? "dataset" : "notebook", zones[i % 4]));
        if (i > 0) {
            const std::string before = "element-" + std::to_string(1000 + i / 2);
            model.flows.push_back(test::flow("flow-" + std::to_string(i), before.c_str(), id.c_str()));
        }
    }
    return review;
}

} // namespace

CUPEL_TEST(withoutAModelNothingIsSaid)
{
    const Document document = build(test::madeWorkspace(), {});
    for (const Section& one : document.sections) {
        CHECK(!one.id.starts_with("threat_"));
    }
    const Document with = documentOf(test::madeThreats());
    for (const char* id : {"threat_model", "threat_list", "threat_paths", "threat_matrix", "threat_coverage",
             "threat_decisions", "threat_sign_off"}) {
        CHECK(section(with, id) != nullptr);
    }
    CHECK(section(with, "threat_sign_off")->ownPage);
}

// The first page and the part about threats may not contradict each other, whatever is decided about findings.
CUPEL_TEST(theFirstPageCountsOpenThreats)
{
    Workspace workspace = test::madeWorkspace();
    const auto verdictOf = [&workspace](bool withThreats) {
        Options options;
        options.sections = {"summary"};
        if (withThreats) {
            options.threats = std::make_shared<const ThreatReview>(test::madeThreats());
        }
        return std::get<Verdict>(build(workspace, options).sections.front().blocks.front());
    };
    const std::string words = " Of the threat model 2 threats are open: 2 critical.";
    CHECK(holds(verdictOf(true).text, words));
    CHECK(verdictOf(true).title == verdictOf(false).title);
    CHECK(!holds(verdictOf(false).text, "threat"));

    auto decided = std::make_shared<Analysis>(*workspace.analyses.begin()->second);
    decided->facts.status = ReadStatus::Complete;
    decided->findings.front().settled = "accepted";
    workspace.analyses.begin()->second = decided;
    CHECK(verdictOf(false).title == "Nothing is open" && !verdictOf(false).incomplete);
    CHECK(verdictOf(true).title == "No finding is open, but 2 threats are");
    CHECK(verdictOf(true).incomplete); // no green sign
    CHECK(holds(verdictOf(true).text, words));
}

CUPEL_TEST(statesAreCounted)
{
    const std::string text = markdownOf(documentOf(test::madeThreats()), "threat_model");
    CHECK(holds(text, "Threats: **4**"));
    CHECK(holds(text, "Open: **2**")); // one nobody decided about, one that a finding speaks against
    CHECK(holds(text, "Refuted by the scan, not listed: **1**"));
    CHECK(holds(text, "| Decision | Confirmed | No evidence |"));
    CHECK(holds(text, "| Open | 1 | 0 |"));
    CHECK(holds(text, "| Mitigated | 1 | 1 |"));
    CHECK(holds(text, "| Not applicable | 0 | 1 |"));
}

// A decision takes a threat out of the second grid only as long as no finding speaks against it.
CUPEL_TEST(riskBeforeAndAfter)
{
    const ThreatReview review = test::madeThreats();
    const RiskGrid before = riskBefore(review);
    const RiskGrid after = riskAfter(review);
    CHECK_EQ(before.counts[3][2], 1U); // mitigated
    CHECK_EQ(after.counts[3][2], 0U);
    CHECK_EQ(before.counts[4][4], 1U); // regressed
    CHECK_EQ(after.counts[4][4], 1U);
    CHECK_EQ(before.counts[2][2], 0U); // not applicable
    CHECK_EQ(after.counts[4][3], 1U);
    const Drawing drawing = drawRisk(after, "After");
    CHECK(fits(drawing));
    CHECK(std::find(drawing.told.begin(), drawing.told.end(), "Likelihood 5, impact 4: 1 threat (critical)")
        != drawing.told.end());
}

// A control moves a threat in the second grid only when it is in place, and by what it takes away.
CUPEL_TEST(controlsMoveWhatRemains)
{
    ThreatReview review = test::madeThreats();
    const std::string id = review.overlaid.model.threats[1].id; // 5 by 4, confirmed
    auto& uses = review.overlaid.controls[id];
    uses.push_back({id, "CT-SIGN", {}, threats::ControlStatus::Proposed, {}, {}, {}});
    CHECK_EQ(riskAfter(review).counts[4][3], 1U);
    uses[0].status = threats::ControlStatus::Verified; // 60 percent, half of it: a finding confirms the threat
    CHECK_EQ(riskBefore(review).counts[4][3], 1U);
    CHECK_EQ(riskAfter(review).counts[4][3], 0U);
    CHECK_EQ(riskAfter(review).counts[3][3], 1U);
    review.overlaid.model.threats[1].impact = 0;
    CHECK_EQ(riskAfter(review).unrated, 1U);
    CHECK(holds(markdownOf(documentOf(std::move(review)), "threat_model"), "once decisions and controls count"));
}

CUPEL_TEST(evidenceHasPlaceLineAndDigest)
{
    const std::string text = markdownOf(documentOf(test::madeThreats()), "threat_list");
    CHECK(holds(text, "Title of nb-hardcoded-secret"));
    CHECK(holds(text, "Key in code (train.py, line 2)"));
    CHECK(holds(text, "AKIA\u2022\u2022\u2022\u20227QXA"));
    CHECK(holds(text, "abababababababab"));
    CHECK(holds(text, "AML.T0055 Unsecured Credentials"));
    CHECK(holds(text, "CT-SIGN Sign artifacts"));
    CHECK(holds(text, "mitigated, but a finding confirms it since"));
}

CUPEL_TEST(theMatrixTracesOneRow)
{
    const std::string text = markdownOf(documentOf(test::madeThreats()), "threat_matrix");
    const auto at = text.find("| train.py |");
    REQUIRE(at != std::string::npos);
    const std::string row = text.substr(at, text.find('\n', at) - at);
    for (const char* part : {"Title of nb-hardcoded-secret", "CUP-SEC-X", "CT-SIGN", "AML.T0055", "CWE-798"}) {
        CHECK(holds(row, part));
    }
}

CUPEL_TEST(pathsNameTheirThreats)
{
    const std::string text = markdownOf(documentOf(test::madeThreats()), "threat_paths");
    CHECK(holds(text, "| data.example.com | train.py \u2192 model.pkl | api |"));
    CHECK(holds(text, "T2"));
    CHECK(!holds(text, "T3")); // decided
}

CUPEL_TEST(frameworksAreWordsNeverShares)
{
    const std::string text = markdownOf(documentOf(test::madeThreats()), "threat_coverage");
    CHECK(holds(text, "| AML.T0055 Unsecured Credentials | Gap | T"));
    CHECK(holds(text, "not assessable statically"));
    CHECK(holds(text, "Not assessable statically: "));
    CHECK(!holds(text, "%"));
}

CUPEL_TEST(decisionsHaveAuthorsAndDates)
{
    const std::string text = markdownOf(documentOf(test::madeThreats()), "threat_decisions");
    CHECK(holds(text, "| mitigated | Ada | 2026-11-20 | The file is checked by its digest. |"));
    CHECK(holds(text, "| not applicable | Ben | 2026-11-21 | Our own host. |"));
    CHECK(holds(text, "To be looked at again"));
    CHECK(holds(text, "| 2026-11-20 10:00 | Ada |"));
}

CUPEL_TEST(aSmallModelIsOneDrawing)
{
    Budget budget;
    const ThreatReview review = test::madeThreats();
    const ThreatDrawings drawn = drawThreats(review, budget);
    REQUIRE(drawn.drawings.size() == 1);
    CHECK(fits(drawn.drawings.front()));
    CHECK_EQ(timesDrawn(drawn, "train.py, training job, worst open threat critical"), 1U);
    CHECK_EQ(timesDrawn(drawn, "data.example.com to train.py: reads (into another zone, not encrypted)"), 1U);
    const auto has = [&](auto test) {
        const auto& parts = drawn.drawings.front().parts;
        return std::any_of(parts.begin(), parts.end(), test);
    };
    CHECK(has([](const DrawnPart& part) {
        const auto* line = std::get_if<DrawnLine>(&part);
        return line && line->dashed; // the flow that is not encrypted
    }));
    CHECK(has([](const DrawnPart& part) {
        const auto* text = std::get_if<DrawnText>(&part);
        return text && text->text == "Developer machine (trust 60)";
    }));
}

// By zones, each in as many parts as it needs: every element stands in exactly one of them.
// Words of flows that run side by side, or on a short way between two boxes.
CUPEL_TEST(wordsOfFlowsLieOnNothing)
{
    std::vector<kit::Node> nodes(5);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        nodes[i].title = "part " + std::to_string(i);
    }
    const std::vector<kit::Link> links{{0, 1, "runs", true, false}, {2, 0, "reads", true, false},
        {0, 2, "writes", true, false}, {1, 0, "tests on", true, false}, {0, 3, "downloaded as", false, false},
        {4, 0, "reads", false, false}, {4, 3, "reads", false, false}};
    Budget budget;
    const auto drawing = kit::drawInLayers(nodes, links, 0, budget);
    REQUIRE(drawing.has_value());
    std::vector<DrawnBox> boxes;
    int words = 0;
    for (const auto& part : drawing->parts) {
        if (const auto* box = std::get_if<DrawnBox>(&part)) {
            boxes.push_back(*box);
            words += box->line == Ink::None ? 1 : 0;
        }
    }
    CHECK(words >= 3);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
            const auto& a = boxes[i];
            const auto& b = boxes[k];
            CHECK(a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height);
        }
    }
}

CUPEL_TEST(aLargeModelIsSplitByZone)
{
    Budget budget;
    const ThreatReview review = large(160);
    const ThreatDrawings drawn = drawThreats(review, budget);
    REQUIRE(drawn.drawings.size() > 4);
    CHECK(holds(drawn.drawings.front().title, "Trust zones"));
    CHECK_EQ(drawn.left, 0U);
    for (const Drawing& drawing : drawn.drawings) {
        CHECK(fits(drawing));
    }
    for (const auto& element : review.overlaid.model.elements) {
        const std::string kind = element.kind == "dataset" ? "dataset" : "notebook";
        CHECK_EQ(timesDrawn(drawn, element.id + ", " + kind), 1U);
    }
    Budget again;
    const ThreatDrawings second = drawThreats(review, again);
    REQUIRE(second.drawings.size() == drawn.drawings.size());
    for (std::size_t i = 0; i < second.drawings.size(); ++i) {
        CHECK(second.drawings[i].told == drawn.drawings[i].told);
        CHECK_EQ(second.drawings[i].parts.size(), drawn.drawings[i].parts.size());
    }
}

CUPEL_TEST(whatIsTooMuchIsSaid)
{
    Budget budget;
    const ThreatDrawings drawn = drawThreats(large(3'000), budget);
    CHECK(drawn.drawings.size() <= 42);
    CHECK(drawn.left > 0);
    ThreatReview review = large(3'000);
    CHECK(holds(markdownOf(documentOf(std::move(review)), "threat_model"), "in no drawing: there are too many"));
}

CUPEL_TEST(hostileGeometryAndEndsAreHarmless)
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const threats::Box boxes[]{
        {nan, 0, 10, 10}, {1e308, -1e308, 1, 1}, {0, 0, -5, 0}, {0, 0, 1e-300, 1e-300}, {0, 0, 1e9, 1e9}};
    for (const threats::Box& box : boxes) {
        ThreatReview review = test::madeThreats();
        auto& model = review.overlaid.model;
        model.elements[1].box = box;
        model.zones[1].box = box;
        model.zones[0].parent = "developer"; // round and round
        model.zones[1].parent = "internet";
        model.elements[2].zone = "nowhere";
        model.flows.push_back(test::flow("loop", "train", "train"));
        model.flows.push_back(test::flow("open", "", "train"));
        model.flows.push_back(test::flow("dangling", "train", "nothing"));
        model.flows.push_back(test::flow("cycle", "api", "page"));
        model.threats[1].target = "cycle";
        model.elements[3].name = "<script>\n\u202Eevil\x01";
        Budget budget;
        const ThreatDrawings drawn = drawThreats(review, budget);
        for (const Drawing& drawing : drawn.drawings) {
            CHECK(fits(drawing));
        }
        const std::string html = writeHtml(documentOf(std::move(review)));
        CHECK(!holds(html, "<script>"));
        CHECK(!holds(html, "\u202E"));
    }
    Budget budget;
    CHECK(drawThreats({}, budget).drawings.empty());
}

// What people write is searched before it leaves.
CUPEL_TEST(credentialsInNotesAreMasked)
{
    const std::string canary = "ghp_"
                               "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx";
    ThreatReview review = test::madeThreats();
    review.overlaid.model.threats[0].reason = "rotated " + canary;
    review.team.threats.begin()->second.reason = "rotated " + canary;
    review.team.events.changeEach([&canary](threats::Event& event) { event.note = "token = " + canary; });
    review.overlaid.model.elements[3].name = "api?key=" + canary;
    review.overlaid.model.elements[2].kind = "kind " + canary;
    review.overlaid.model.assumptions = {"nobody reads " + canary};
    review.overlaid.model.threats[1].references = {"see " + canary};
    review.overlaid.model.threats[1].controls = {"by " + canary};
    review.team.events.push_back({"2026-11-21T10:00:00Z", "Ada", "gone " + canary, "delete threat", {}});
    const std::string id = review.overlaid.model.threats[1].id;
    review.overlaid.controls[id] = {{id, {}, "Title " + canary, threats::ControlStatus::InPlace, canary, {}, {}}};
    Budget budget;
    engine::maskThreats(review, budget);
    CHECK(!holds(review.overlaid.controls[id][0].title + review.overlaid.controls[id][0].note, canary.substr(6, 20)));
    const Document document = documentOf(std::move(review));
    CHECK(!holds(writeHtml(document), canary.substr(6, 20)));
    CHECK(!holds(writeMarkdown(document), canary.substr(6, 20)));
    CHECK(holds(writeMarkdown(document), "rotated"));
}

CUPEL_TEST(htmlHasTheDrawingsAsVectors)
{
    const std::string html = writeHtml(documentOf(test::madeThreats()));
    CHECK(holds(html, "<svg class=\"drawing\" role=\"img\" aria-label=\"The whole model\""));
    CHECK(holds(html, "Signature</text>"));
    CHECK(holds(html, "href=\"#finding-1\""));
    CHECK(!holds(html, "<img"));
}
