// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/string_chain.h"

#include <algorithm>
#include <utility>

namespace cupel::code {

namespace {

constexpr std::size_t maxConstants = 10'000;

std::vector<ByteRange> originsOf(const Chain& chain)
{
    std::vector<ByteRange> origins;
    for (const auto& piece : chain.pieces) {
        if (piece.origins.empty()) {
            origins.push_back(piece.source);
        } else {
            origins.insert(origins.end(), piece.origins.begin(), piece.origins.end());
        }
    }
    return origins;
}

} // namespace

void Chain::add(Piece piece)
{
    bytes += piece.value.size();
    origins += piece.origins.size();
    pieces.push_back(std::move(piece));
}

void Chain::part()
{
    constexpr std::size_t mostBytes = 8 << 10; // as pieces of a long text overlap
    constexpr std::size_t mostOrigins = 64;
    auto all = std::exchange(pieces, {});
    bytes = 0;
    origins = 0;
    parted = true;
    auto first = all.size();
    std::size_t tailBytes = 0;
    std::size_t tailOrigins = 0;
    while (first > 0) {
        tailBytes += all[first - 1].value.size();
        tailOrigins += all[first - 1].origins.size() + 1;
        if (tailBytes > mostBytes || tailOrigins > mostOrigins) {
            break;
        }
        --first;
    }
    for (; first < all.size(); ++first) {
        add(std::move(all[first]));
    }
}

const Constant* Constants::find(std::string_view name) const
{
    const auto hit = m_constants.find(name);
    if (hit != m_constants.end()) {
        return &hit->second;
    }
    m_missed = m_missed || m_tooLarge.contains(name) || (m_earlier && m_earlier->contains(name));
    return nullptr;
}

void Constants::store(const std::string& name, const Chain& chain)
{
    const bool fits = !chain.parted && chain.bytes <= maxValue && chain.origins <= maxOrigins && name.size() <= maxName
        && (m_constants.size() < maxConstants || m_constants.contains(name));
    Constant constant;
    if (fits) {
        constant.origins = originsOf(chain);
    }
    if (!fits || constant.origins.size() > maxOrigins) {
        m_constants.erase(name);
        m_tooLarge.insert(name);
        return;
    }
    m_tooLarge.erase(name);
    for (const auto& piece : chain.pieces) {
        constant.value += piece.value;
    }
    m_constants.insert_or_assign(name, std::move(constant));
}

bool Constants::interpolate(Piece& piece, bool& cut) const
{
    std::string out;
    bool changed = false;
    const std::string& from = piece.value;
    for (std::size_t at = 0; at < from.size();) {
        const Constant* constant = nullptr;
        std::size_t length = 0;
        if (from[at] == '{') {
            // Few bytes are looked at: "{{{{{..." has many braces, and no constant has a longer name.
            const auto rest = ByteView(from).substr(at + 1, maxName + 1);
            const auto end = rest.find('}');
            constant = end == ByteView::npos ? nullptr : find(rest.substr(0, end));
            length = end + 2;
        }
        const bool fits = out.size() <= maxValue && piece.origins.size() <= maxOrigins;
        cut = cut || (constant && !fits);
        if (constant && fits) {
            out += constant->value;
            piece.origins.insert(piece.origins.end(), constant->origins.begin(), constant->origins.end());
            at += length;
            changed = true;
        } else {
            out.push_back(from[at++]);
        }
    }
    piece.value = std::move(out);
    return changed;
}

void Constants::rememberNames() const
{
    if (!m_earlier) {
        return;
    }
    for (const auto& [name, constant] : m_constants) {
        m_earlier->insert(name);
    }
    m_earlier->insert(m_tooLarge.begin(), m_tooLarge.end());
}

void writeChain(FoldedText& out, std::string_view target, const Chain& chain)
{
    auto& text = out.text;
    out.map.addBlock(text.size(), chain.pieces.front().source.start, 1);
    text += target.empty() ? std::string_view("_") : target;
    text += " = \"";
    for (const auto& piece : chain.pieces) {
        const auto start = text.size();
        out.map.addBlock(start, piece.source.start, piece.source.size());
        // A line break inside would end the line that context rules look at.
        text += piece.value;
        for (const auto& origin : piece.origins) {
            out.origins.emplace_back(ByteRange{start, text.size()}, origin);
        }
    }
    const auto last = chain.pieces.back().source.end;
    out.map.addBlock(text.size(), last > 0 ? last - 1 : 0, 1);
    text += "\"\n";
}

} // namespace cupel::code
