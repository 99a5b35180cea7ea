// SPDX-License-Identifier: GPL-3.0-or-later
// All credential types in one pass over the regions: the text as decoded, what its string constants fold to, and what
// is wrapped in it, to Limits::decodeDepth layers.
#include "analyzers/base/encodings.h"
#include "analyzers/base/redact.h"
#include "analyzers/code/string_folding.h"
#include "analyzers/formats/image/image_places.h"
#include "analyzers/formats/region_texts.h"
#include "analyzers/rules/rendered_text.h"
#include "analyzers/rules/secrets/image_texts.h"
#include "analyzers/rules/secrets/secret_scanner.h"
#include "analyzers/rules/secrets/truth_check.h"
#include "analyzers/rules/secrets/unwrap.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <optional>

namespace cupel::rules::secrets {

namespace {

// Pages of lists, sessions: nobody needs to revoke them.
bool endsByItself(const SecretRow& row)
{
    return row.revoke.view().find("ends by itself") != std::string_view::npos;
}

std::string ruleId(std::string_view rowId)
{
    std::string id = "CUP-SEC-";
    std::transform(rowId.begin(), rowId.end(), std::back_inserter(id),
        [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return id;
}

std::int64_t today()
{
    // Reproducible runs can fix the day: the date decides only whether a token is called expired.
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing in the program changes the environment.
    if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH")) {
        return std::strtoll(fixed, nullptr, 10);
    }
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::vector<std::string> split(std::string_view words)
{
    std::vector<std::string> out;
    while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        out.emplace_back(words.substr(0, end));
        words.remove_prefix(std::min(words.size(), end + 1));
    }
    return out;
}

class RegionScanner {
public:
    RegionScanner(const RuleInput& input, FindingSink& sink)
        : m_input(input)
        , m_sink(sink)
        , m_text(input.facts.text(input.artifact))
    {
        m_context.now = today();
    }

    void scan(std::size_t index)
    {
        const auto& region = m_input.facts.regions[index];
        m_region = static_cast<std::int32_t>(index);
        m_context.code = region.kind == RegionKind::Code;
        m_context.idsExpected = region.kind == RegionKind::Metadata || region.kind == RegionKind::WidgetState;
        formats::PieceReader reader(m_input.texts(), index);
        code::FoldedNames names;
        while ((m_piece = reader.next(m_own)) && !m_input.budget.stopped()) {
            m_plain.clear();
            m_linesKnown = false;
            const auto toArtifact = [this](ByteRange range) { return m_piece->map.toRaw(range); };
            scanLayer(m_piece->text, toArtifact, {}, nullptr, m_piece->overlap);
            if (m_context.code) {
                scanFolded(names);
            }
            const bool html = region.kind == RegionKind::Html || region.kind == RegionKind::Markdown;
            scanRendered(m_piece->text, html, toArtifact, {});
            if (html) { // elsewhere nobody sees a picture
                scanEmbedded(toArtifact);
            }
            const Seams seams{m_piece->overlap > 0, !m_piece->last, m_piece->repeated};
            unwrapLayers(m_piece->text, toArtifact, {}, 1, seams);
        }
    }

    void scanImageFile()
    {
        m_region = -1;
        m_piece = nullptr;
        scanImage(formats::ByteWindow(m_text), {0, m_text.size()}, [](ByteRange range) { return range; });
    }

    void scanImageRegion(std::size_t index)
    {
        m_region = static_cast<std::int32_t>(index);
        m_piece = nullptr;
        const auto inside = formats::base64In(m_text, m_input.facts.regions[index]);
        scanImage(formats::ByteWindow::ofBase64(slice(m_text, inside)), inside,
            [inside](ByteRange range) { return ByteRange{inside.start + range.start, inside.start + range.end}; });
    }

private:
    using ToArtifact = std::function<ByteRange(ByteRange)>;

    // What no viewer of a picture shows. `whole`: the picture, which a fix takes its texts out of.
    void scanImage(formats::ByteWindow window, ByteRange whole, const ToArtifact& toArtifact)
    {
        m_picture = whole;
        m_context.code = false;
        m_context.idsExpected = false;
        eachImageText(window, m_input.budget, [&](const ImageText& one) {
            const auto place = [&](ByteRange range) {
                return toArtifact(
                    one.exact ? window.toSource({one.start + range.start, one.start + range.end}) : one.place);
            };
            scanLayer(one.text, place, one.how, nullptr, 0);
        });
        m_picture = {};
    }

    // Pictures inside a text: addresses that hold their data. One that goes on behind the end of a piece is whole in
    // the next one.
    void scanEmbedded(const ToArtifact& toArtifact)
    {
        const ByteView text = m_piece->text;
        constexpr std::string_view kind = "image/"; // hardly any text has it, and this is soon known
        if (!memmem(text.data(), text.size(), kind.data(), kind.size()) || !formats::mayHoldEmbedded(text)) {
            return;
        }
        const auto context = m_context;
        for (auto next = formats::nextEmbedded(text, 0); next; next = formats::nextEmbedded(text, next->base64.end)) {
            const bool open = next->reach == text.size() && !m_piece->last;
            if (next->reach < m_piece->overlap || (open && next->start >= text.size() - m_piece->repeated)) {
                continue;
            }
            const auto inside = next->base64;
            scanImage(formats::ByteWindow::ofBase64(slice(text, inside)), toArtifact(inside),
                [&](ByteRange range) { return toArtifact({inside.start + range.start, inside.start + range.end}); });
        }
        m_context = context;
    }

    void scanFolded(code::FoldedNames& names)
    {
        const auto folded =
            code::foldStrings(m_piece->text, m_input.budget, m_piece->last && names.empty() ? nullptr : &names);
        if (folded.cutAt) {
            m_sink.incomplete("folding-limit",
                "String constants that write too much when they are put together were not put together completely",
                m_piece->map.toRaw(*folded.cutAt));
        }
        if (folded.text.empty()) {
            return;
        }
        const auto toArtifact = [&](ByteRange range) { return m_piece->map.toRaw(folded.map.toRaw(range)); };
        constexpr std::string_view how = "string constants put together";
        scanLayer(folded.text, toArtifact, std::string(how), &folded, 0);
        scanRendered(folded.text, false, toArtifact, std::string(how) + ", ");
        unwrapLayers(folded.text, toArtifact, std::string(how), 1);
    }

    void scanRendered(ByteView text, bool html, const ToArtifact& toArtifact, const std::string& before)
    {
        const auto rendered = renderText(text, html, m_input.budget);
        if (!rendered.text.empty()) {
            const auto back = [&](ByteRange range) { return toArtifact(rendered.map.toRaw(range)); };
            scanLayer(rendered.text, back, before + "colours, tags or unseen characters in it", nullptr, 0);
        }
    }

    // Depth first, so that one piece a layer is held; calls itself Limits::decodeDepth times at most.
    void unwrapLayers(ByteView text, const ToArtifact& toArtifact, const std::string& how, std::uint32_t depth,
        const Seams& seams = {}, const std::string& outerName = {})
    {
        const auto tell = [this](std::uint64_t at) {
            m_sink.incomplete("unwrap-limit",
                "Encoded values that are too large, too many or wrapped too often were not decoded completely", at);
        };
        const auto each = [&](const Unwrapped& piece) {
            if (m_input.budget.stopped()) {
                return;
            }
            const auto place = toArtifact(piece.source);
            const ToArtifact toPlace = [place](ByteRange) { return place; };
            const auto names = how.empty() ? std::string(piece.how) : how + ", " + std::string(piece.how);
            const auto own = nameBefore(text, piece.source.start);
            const auto& name = own.empty() ? outerName : own;
            scanUnwrapped(piece, name, toPlace, names);
            if (depth < m_input.budget.limits().decodeDepth) {
                unwrapLayers(piece.text, toPlace, names, depth + 1, {}, name);
            } else if (hasWrapped(piece.text, m_input.budget)) {
                tell(place.start);
            }
        };
        if (const auto cutAt = unwrapEach(text, m_input.budget, each, seams)) {
            tell(toArtifact({*cutAt, *cutAt + 1}).start);
        }
    }

    // What is decoded stands behind the name that it is given: OPENAI_KEY = b64decode("...") says OPENAI_KEY =.
    static std::string nameBefore(ByteView text, std::uint64_t at)
    {
        constexpr std::uint64_t nameAndCalls = 200;
        constexpr std::size_t longestName = 48;
        const auto from = at > nameAndCalls ? at - nameAndCalls : 0;
        auto name = text.substr(from, at - from);
        name = name.substr(name.rfind('\n') + 1); // npos + 1 is 0
        name = name.substr(0, name.find_last_of("=:") + 1);
        return std::string(name.substr(name.size() > longestName ? name.size() - longestName : 0));
    }

    void scanUnwrapped(
        const Unwrapped& piece, const std::string& name, const ToArtifact& toPlace, const std::string& how)
    {
        constexpr std::size_t longestValue = 4 << 10;
        const bool named = !name.empty() && piece.text.size() <= longestValue;
        scanLayer(named ? name + piece.text : piece.text, toPlace, how, nullptr, named ? name.size() : 0);
    }

    void scanLayer(ByteView text, const ToArtifact& toArtifact, const std::string& how, const code::FoldedText* folded,
        std::uint64_t overlap)
    {
        std::optional<std::uint64_t> givenUpAt;
        for (auto& found : scanText(text, m_context, m_input.budget, givenUpAt)) {
            if (found.secret.end <= overlap) {
                continue; // the piece before saw it whole
            }
            report(text, found, toArtifact, how, folded);
        }
        if (givenUpAt) {
            m_sink.incomplete("search-limit",
                "Text that costs too much to search was not searched for secrets completely",
                toArtifact({*givenUpAt, *givenUpAt + 1}).start);
        }
    }

    void report(ByteView text, Credential& found, const ToArtifact& toArtifact, const std::string& how,
        const code::FoldedText* folded)
    {
        const auto secret = slice(text, found.secret);
        const auto place = toArtifact(found.secret);
        if (how.empty()) {
            m_plain.push_back({found.row, std::string(secret), place});
        } else if (seenPlainly(found.row, secret, place)) {
            return;
        }
        Hit hit;
        hit.rule = ruleId(found.row->id);
        hit.bytes = place;
        hit.region = m_region;
        hit.regionLine = lineOf(hit.bytes.start);
        hit.severity = found.severity;
        hit.confidence = found.confidence;
        hit.sensitive = true;
        hit.masked = mask(secret);
        hit.allowed = found.allowed;
        hit.message = message(found, how);
        hit.arguments = {
            {"type", std::string(found.row->title)}, {"provider", std::string(found.row->provider)}, {"how", how}};
        if (found.use != Use::Full && found.row->mode == Mode::Live) { // not what the rule says of its kind
            hit.arguments["use"] = found.use == Use::Expired ? "expired" : "half";
        }
        // Nobody needs to revoke what has ended, ends by itself or opens nothing alone.
        if (found.use != Use::Full || found.row->mode == Mode::Cursor || found.row->mode == Mode::Public
            || std::string_view(found.row->revoke).starts_with("It ends by itself")) {
            hit.arguments["revocable"] = "no";
        }
        if (!how.empty()) {
            hit.evidence.push_back({"decoded", {}, -1, 0, "found after undoing: " + how});
        }
        for (auto& note : found.notes) {
            hit.evidence.push_back({"check", {}, -1, 0, std::move(note)});
        }
        if (folded) {
            addOrigins(hit, found.secret, *folded);
        }
        if (!m_picture.empty()) { // a placeholder among its letters would be no picture
            hit.fix = Fix{"strip-image-metadata", true, {{m_picture, {}}}};
        }
        m_sink.add(std::move(hit));
    }

    static std::string withoutSlashes(ByteView text)
    {
        std::string out(text);
        std::erase(out, '\\');
        return out;
    }

    // In a string with escapes or an address with percent signs a plain reader sees the same secret: once is enough.
    [[nodiscard]] bool seenPlainly(const SecretRow* row, ByteView secret, ByteRange place) const
    {
        return std::any_of(m_plain.begin(), m_plain.end(), [&](const Plain& plain) {
            const bool kin =
                plain.row == row || (plain.row->generic && row->generic) || (plain.row->shellWord && row->generic);
            return kin && place.start <= plain.place.start && plain.place.end <= place.end
                && (plain.secret == secret || decodePercent(plain.secret) == secret
                    || withoutSlashes(plain.secret) == withoutSlashes(secret));
        });
    }

    // A secret put together from named constants: each literal is shown as evidence and masked.
    void addOrigins(Hit& hit, ByteRange secret, const code::FoldedText& folded)
    {
        for (const auto& [range, origin] : folded.origins) {
            if (range.overlaps(secret)) {
                const auto place = m_piece->map.toRaw(origin);
                m_sink.markSensitive(place);
                hit.evidence.push_back({"part", place, m_region, lineOf(place.start), {}});
            }
        }
    }

    // A piece may hold tens of thousands of findings: its lines are counted once.
    [[nodiscard]] std::uint64_t lineOf(std::uint64_t artifactOffset)
    {
        if (!m_piece) {
            return 1; // a picture
        }
        const auto& text = m_piece->text;
        if (!m_linesKnown) {
            m_lineEnds.clear();
            for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
                m_lineEnds.push_back(static_cast<std::uint32_t>(at));
            }
            m_linesKnown = true;
        }
        const auto at = m_piece->map.toText(artifactOffset, text.size());
        const auto before = std::lower_bound(m_lineEnds.begin(), m_lineEnds.end(), at);
        return m_piece->firstLine + static_cast<std::uint64_t>(before - m_lineEnds.begin());
    }

    static std::string message(const Credential& found, const std::string& how)
    {
        std::string text(found.row->title);
        switch (found.row->mode) {
        case Mode::Live:
            text += found.use == Use::Expired ? " stands here in clear. It has expired: it still tells what it was for."
                : found.use == Use::Half ? " stands here in clear. It says which key is meant and is of no use without "
                                           "its secret half, which was "
                                           "not found beside it."
                : endsByItself(*found.row)
                ? " stands here in clear: whoever gets this file can use it until it ends."
                : " stands here in clear: whoever gets this file can use it until it is revoked.";
            break;
        case Mode::Test:
            text += " stands here: it reaches a sandbox, not real data.";
            break;
        case Mode::Cursor:
            text += " stands here: it tells what was asked, and goes on in the list for whoever may use the account.";
            break;
        case Mode::Public:
            text += " stands here: it is made to be public, but it names the account.";
            break;
        }
        if (!how.empty()) {
            text += " It is hidden by: " + how + ".";
        }
        return text;
    }

    const RuleInput& m_input;
    FindingSink& m_sink;
    ByteView m_text;
    ScanContext m_context;
    const formats::TextPiece* m_piece = nullptr; // the one that is looked at
    formats::TextPiece m_own;
    ByteRange m_picture; // in the artifact's text, while its texts are looked at
    struct Plain {
        const SecretRow* row;
        std::string secret;
        ByteRange place; // in the artifact's text
    };
    std::vector<Plain> m_plain; // found as written in this piece
    std::vector<std::uint32_t> m_lineEnds; // of the piece
    bool m_linesKnown = false;
    std::int32_t m_region = -1;
};

} // namespace

void describe(RuleList& list)
{
    if (list.onlyCounts(rows().size())) {
        return;
    }
    for (const auto& row : rows()) {
        RuleInfo info;
        info.id = ruleId(row.id);
        if (!list.wants(info.id)) {
            continue;
        }
        info.family = Family::Secret;
        info.cls = "secret." + std::string(row.id);
        info.title = row.title;
        // An id that can do nothing alone; a finding is as bad as the row says when its secret stands beside it.
        const auto checks = split(row.checks);
        const bool half = std::find(checks.begin(), checks.end(), "aws-key-pair") != checks.end();
        info.severity = half ? std::min(row.severity, Severity::Medium) : row.severity;
        info.confidence = row.confidence;
        std::string at = std::string_view(row.provider) == "Any" ? "" : " at " + std::string(row.provider);
        if (at.starts_with(" at Any ")) {
            at[4] = 'a'; // any wallet
        }
        info.whatHappens = row.mode == Mode::Public ? "This key is made to be seen, so nobody can log in with it. It "
                                                      "still tells which account or project you use."
            : row.mode == Mode::Test ? "Whoever has this key can use the sandbox of " + std::string(row.provider)
                + " in your name. Real data is not reached."
            : row.mode == Mode::Cursor ? "It goes on in a list" + at
                + " and can tell what was asked. Alone it opens nothing: whoever uses it needs the account as well."
            : half ? "The id tells which account at " + std::string(row.provider)
                + " is used, and an attacker which key to look for. Alone it opens nothing: only with its secret key "
                  "can "
                  "somebody act in your name. Where that stands beside it, the finding is as severe as that."
                   : "Whoever has this credential can act " + (at.empty() ? "" : at.substr(1) + ' ')
                + "in your name. A notebook keeps it in every copy, checkpoint and version, also after the cell is "
                  "deleted.";
        info.whereFrom = "It was typed into a cell, printed into an output, or saved in metadata by a tool.";
        // What is to be done comes first: lists show the first sentence.
        info.howToFix = (row.mode == Mode::Cursor ? "Clear the output that showed it. " : std::string())
            + (row.revoke.empty() ? std::string() : std::string(row.revoke) + " ")
            + (row.mode == Mode::Cursor
                    ? ""
                    : "Then read it at run time from the environment or a secret store, and clear the output that "
                      "showed it.");
        info.wrongExample =
            row.mode == Mode::Cursor ? "client.list_items()" : "key = \"" + std::string(maskDots) + "\"";
        info.rightExample = row.mode == Mode::Cursor ? "items = client.list_items()\nlen(items)"
                                                     : "import os\nkey = os.environ[\"SERVICE_KEY\"]";
        info.checks = split(row.checks);
        info.references.cwe = {"CWE-798"};
        info.references.owasp = {"LLM02:2025"};
        info.references.atlas = {"AML.T0055"};
        info.references.url = split(row.urls);
        list.add(std::move(info));
    }
}

void check(const RuleInput& input, FindingSink& sink)
{
    RegionScanner scanner(input, sink);
    if (input.facts.format == "image") {
        scanner.scanImageFile();
    }
    for (std::size_t i = 0; i < input.facts.regions.size(); ++i) {
        input.facts.regions[i].kind == RegionKind::Image ? scanner.scanImageRegion(i) : scanner.scan(i);
    }
}

} // namespace cupel::rules::secrets
