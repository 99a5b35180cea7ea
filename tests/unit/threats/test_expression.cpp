// SPDX-License-Identifier: GPL-3.0-or-later
// The language of threat rules: what holds, what is only assumed, why, and what is refused with its place.
#include "analyzers/threats/rules/expression.h"
#include "analyzers/threats/rules/model_index.h"
#include "tests/unit/check.h"

using namespace cupel;
using namespace cupel::threats;

namespace {

Element element(const char* id, const char* kind, const char* zone,
    std::vector<std::pair<const char*, const char*>> attributes = {})
{
    Element out;
    out.id = id;
    out.name = id;
    out.kind = kind;
    out.zone = zone;
    for (const auto& [key, value] : attributes) {
        setAttribute(out, key, value, Origin::Scanned);
    }
    return out;
}

Flow flow(
    const char* id, const char* from, const char* to, std::vector<std::pair<const char*, const char*>> attributes = {})
{
    Flow out;
    out.id = id;
    out.source = from;
    out.target = to;
    for (const auto& [key, value] : attributes) {
        setAttribute(out, key, value, Origin::Scanned);
    }
    return out;
}

// web -> notebook -> model -> endpoint -> person, and a private table that the notebook reads too.
ThreatModel made()
{
    ThreatModel model;
    for (const auto& [id, trust, kind] :
        {std::tuple{"net", 0, "internet"}, {"dev", 60, "developer"}, {"srv", 80, "serving"}}) {
        Zone zone;
        zone.id = id;
        zone.trust = trust;
        setAttribute(zone, "kind", kind, Origin::Scanned);
        model.zones.push_back(zone);
    }
    model.elements = {element("web", "data-source", "net", {{"origin", "public"}, {"reads_untrusted", "true"}}),
        element("table", "dataset", "dev", {{"pii", "true"}, {"classification", "restricted"}}),
        element("nb", "notebook", "dev", {{"tools", "shell, mail"}, {"signed", "false"}, {"count", "3"}}),
        element("model", "model-file", "dev"),
        element("api", "inference-endpoint", "srv", {{"authn", "none"}, {"can_send_out", "yes"}})};
    model.flows = {flow("f1", "web", "nb", {{"protocol", "http"}}), flow("f2", "table", "nb"),
        flow("f3", "nb", "model"), flow("f4", "model", "api", {{"encrypted", "true"}})};
    return model;
}

std::string ask(const char* text, const char* about)
{
    static const ThreatModel model = made();
    static const ModelIndex index(model, {{"nb", {"nb.secret.api-key"}}});
    const auto expression = Expression::parse(text);
    if (!expression) {
        return "error at " + std::to_string(expression.error().offset);
    }
    const DiagramPart* self = index.element(about);
    self = self ? self : static_cast<const DiagramPart*>(index.flow(about));
    const Verdict verdict = expression.value().holds(index, self);
    static constexpr const char* names[] = {"false", "unknown", "assumed", "true"};
    return names[static_cast<int>(verdict.truth)];
}

} // namespace

CUPEL_TEST(attributesAreAsked)
{
    CHECK_EQ(ask("origin in (public, unknown) and not hash_pinned", "web"), "assumed");
    CHECK_EQ(ask("origin = internal", "web"), "false");
    CHECK_EQ(ask("origin in (public, unknown)", "table"), "true"); // it is not known
    CHECK_EQ(ask("signed", "nb"), "false");
    CHECK_EQ(ask("not signed", "nb"), "true");
    CHECK_EQ(ask("not signed", "model"), "assumed"); // unknown is never safe
    CHECK_EQ(ask("not not signed", "model"), "unknown");
    CHECK_EQ(ask("classification >= confidential", "table"), "true");
    CHECK_EQ(ask("classification < confidential", "table"), "false");
    CHECK_EQ(ask("classification >= confidential", "web"), "unknown");
    CHECK_EQ(ask("tools contains (code, shell)", "nb"), "true");
    CHECK_EQ(ask("tools != mail", "nb"), "false");
    CHECK_EQ(ask("count > 2 and count <= 3", "nb"), "true");
    CHECK_EQ(ask("authn = none or missing", "api"), "true");
}

CUPEL_TEST(flowsAndZonesAreFollowed)
{
    CHECK_EQ(ask("flow.protocol in (http, ftp) and flow.target.kind in (notebook, training-job)", "f1"), "true");
    CHECK_EQ(ask("source.zone.trust < target.zone.trust", "f1"), "true");
    CHECK_EQ(ask("source.trust < target.trust", "f2"), "false");
    CHECK_EQ(ask("crosses()", "f1"), "true");
    CHECK_EQ(ask("crosses()", "f2"), "false");
    CHECK_EQ(ask("crosses(serving)", "f4"), "true");
    CHECK_EQ(ask("crosses(internet)", "f4"), "false");
    CHECK_EQ(ask("any input (kind = dataset and pii)", "nb"), "true");
    CHECK_EQ(ask("any input (kind = dataset and pii)", "model"), "false");
    CHECK_EQ(ask("any upstream (kind = dataset and pii)", "api"), "true");
    CHECK_EQ(ask("no element (kind = monitoring)", ""), "true");
    CHECK_EQ(ask("all input (kind = data-source)", "nb"), "false");
    CHECK_EQ(ask("any flow (encrypted)", "api"), "true");
    CHECK_EQ(ask("path(reads_untrusted to can_send_out)", ""), "true");
    CHECK_EQ(ask("path(can_send_out to reads_untrusted)", ""), "false");
    CHECK_EQ(ask("finding(nb.secret.*)", "nb"), "true");
    CHECK_EQ(ask("finding(nb.secret.*)", "api"), "false");
    CHECK_EQ(ask("finding(nb.secret.*)", ""), "true");
}

CUPEL_TEST(reasonsNameAttributesAndFlows)
{
    const ThreatModel model = made();
    const ModelIndex index(model);
    const auto verdict = Expression::parse("path(reads_untrusted to can_send_out)").value().holds(index, nullptr);
    std::string shown;
    for (const auto& reason : verdict.reasons) {
        shown += reason.part + '.' + reason.key + '=' + reason.value + ' ';
    }
    CHECK_EQ(shown, "api.can_send_out=yes f4.flow= f3.flow= f1.flow= web.reads_untrusted=true ");
}

CUPEL_TEST(whatIsNoExpressionIsRefusedWithItsPlace)
{
    CHECK_EQ(ask("", "nb"), "error at 0");
    CHECK_EQ(ask("origin in (public", "nb"), "error at 17");
    CHECK_EQ(ask("a b", "nb"), "error at 2");
    CHECK_EQ(ask("any friend (x)", "nb"), "error at 4");
    CHECK_EQ(ask("path(a b)", "nb"), "error at 7");
    CHECK_EQ(ask("a = \"x", "nb"), "error at 4");
    CHECK(ask((std::string(10'000, '(') + "a").c_str(), "nb").starts_with("error"));
    CHECK(ask((std::string(3'000, '(') + "a").c_str(), "nb").starts_with("error"));
    std::string many = "a";
    for (int i = 0; i < 1'500; ++i) {
        many += " or a";
    }
    CHECK(ask(many.c_str(), "nb").starts_with("error"));
}

// A question asked of many parts knows what they have in common; it must say of each what the condition says alone.
CUPEL_TEST(manyPartsAreToldTheSameAsOne)
{
    static constexpr const char* conditions[] = {"any upstream (pii)", "no downstream (kind = dataset and pii)",
        "all upstream (origin)", "any upstream (origin in (public, unknown) and any output (pii))",
        "any downstream (any upstream (origin = public))", "no input (pii) and any flow (encrypted)",
        "any upstream (self.pii)", "any element (pii) and path(pii to origin)",
        "pii or crosses(dev) or not any upstream (pii)", "all downstream (pii)", "no upstream (not pii)",
        "any upstream (trust < self.trust)", "any element (self.size > size) or path(size < self.size to pii)",
        "any upstream (self.size <= size and any flow (any input (pii)))", "all upstream (size != self.size)",
        "any downstream (any flow (all downstream (self.origin = public)))", "any flow (path(self.pii to origin))",
        "any output (any input (pii))", "any input (no output (origin and any input (pii)))",
        "any output (crosses(dev) and all input (size < self.size))",
        "any flow (any output (any input (self.size > size)))",
        "all upstream (any flow (encrypted) or any output (any output (pii)))"};
    static constexpr const char* values[] = {"true", "false", "public", "unknown"};
    static constexpr const char* sizes[] = {"1", "2", "nan", "much"};
    std::uint32_t state = 7;
    const auto random = [&state](std::uint32_t below) {
        state = state * 1'664'525 + 1'013'904'223;
        return (state >> 16) % below;
    };
    for (int round = 0; round < 60; ++round) {
        ThreatModel model = made();
        const std::uint32_t count = 2 + random(12);
        model.elements.clear();
        model.flows.clear();
        for (std::uint32_t i = 0; i < count; ++i) {
            model.elements.push_back(element(
                ("e" + std::to_string(i)).c_str(), random(2) ? "dataset" : "notebook", random(2) ? "dev" : "net"));
            for (const char* key : {"pii", "origin"}) {
                if (random(3) == 0) {
                    setAttribute(model.elements.back(), key, values[random(4)], Origin::Scanned);
                }
            }
            if (random(3) > 0) {
                setAttribute(model.elements.back(), "size", sizes[random(4)], Origin::Scanned);
            }
        }
        for (std::uint32_t i = 0; i < count + random(count); ++i) { // circles, loops and flows to nowhere among them
            const auto end = [&] { return "e" + std::to_string(random(count + 1)); };
            model.flows.push_back(flow(("f" + std::to_string(i)).c_str(), end().c_str(), end().c_str()));
            model.flows.back().bidirectional = random(4) == 0;
        }
        const ModelIndex index(model);
        for (const char* text : conditions) {
            const auto condition = Expression::parse(text);
            REQUIRE(condition);
            Question question(condition.value(), index);
            for (const auto& each : model.elements) {
                CHECK_EQ(static_cast<int>(question.truth(&each)),
                    static_cast<int>(condition.value().holds(index, &each).truth));
                for (const Flow* near : index.into(each)) {
                    CHECK_EQ(static_cast<int>(question.truth(near, &each)),
                        static_cast<int>(condition.value().holds(index, near, &each).truth));
                }
            }
        }
    }
}

// Counted, in a long way with a hub at its end: looking along all flows anew for each part would take millions.
CUPEL_TEST(whatIsAskedOfManyPartsTakesTheModelOnce)
{
    constexpr int length = 3'000;
    ThreatModel model = made();
    model.elements.clear();
    model.flows.clear();
    const auto idOf = [](int i) { return "e" + std::to_string(i); };
    for (int i = 0; i < length; ++i) {
        model.elements.push_back(element(idOf(i).c_str(), "dataset", i % 2 ? "dev" : "srv"));
        model.flows.push_back(flow(("f" + std::to_string(i)).c_str(), idOf(i).c_str(), idOf(i + 1).c_str()));
        model.flows.push_back(flow(("h" + std::to_string(i)).c_str(), idOf(i).c_str(), idOf(length - 1).c_str()));
    }
    const ModelIndex index(model);
    for (const char* text : {"any upstream (pii)", "all downstream (pii)", "any upstream (trust < self.trust)",
             "no downstream (any upstream (self.pii))", "any element (self.trust > trust)", "path(self.pii to origin)",
             "any upstream (any flow (any input (pii)))", "any flow (any input (pii))", "any input (pii)",
             "any output (any input (pii))", "any output (all input (origin and any output (no input (pii))))",
             "any output (any flow (encrypted))", "any output (crosses(nowhere))", "any output (not crosses(nowhere))",
             "any output (any input (trust < self.trust))", "any flow (any output (any input (self.pii)))",
             "any upstream (any output (any input (pii)))"}) {
        const auto condition = Expression::parse(text);
        REQUIRE(condition);
        Question question(condition.value(), index);
        for (const auto& each : model.elements) {
            static_cast<void>(question.truth(&each));
            for (const auto* list : {&index.into(each), &index.outOf(each)}) {
                for (const Flow* near : *list) {
                    static_cast<void>(question.truth(near, &each));
                }
            }
        }
        CHECK(question.steps() < 100U * length);
    }
}

// Ids come from files: the second part of a name is no other part's neighbour, and asking about it harms nothing.
CUPEL_TEST(thePartThatComesFirstHasTheId)
{
    ThreatModel model = made();
    model.elements.push_back(element("nb", "dataset", "net"));
    model.flows.push_back(flow("f1", "api", "web"));
    model.zones.push_back(model.zones.front());
    const ModelIndex index(model);
    CHECK_EQ(index.element("nb"), &model.elements[2]);
    CHECK(!index.asElement(model.elements.back()));
    CHECK(index.into(model.elements.back()).empty());
    CHECK(!index.asFlow(model.flows.back()));
    CHECK(!index.asElement(model.flows.front()));
    CHECK(!index.asZone(model.zones.back()));
    CHECK_EQ(index.into(model.elements[2]).size(), 2U);
    CHECK(!index.sourceOf(Flow()));
    CHECK(!index.zoneOf(Element()));
}
