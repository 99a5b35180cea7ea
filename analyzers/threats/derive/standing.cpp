// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/standing.h"

#include <algorithm>
#include <iterator>

namespace cupel::threats {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

} // namespace

void Standing::add(std::string_view path, ByteRange bytes, const std::string& part)
{
    if (bytes.empty()) {
        return;
    }
    auto file = m_files.find(path);
    if (file == m_files.end()) {
        file = m_files.emplace(std::string(path), OfFile{}).first;
    }
    file->second.parts[bytes].insert(part);
}

void Standing::settle(OfFile& file, const Facts& facts)
{
    for (const auto& [bytes, parts] : file.parts) {
        file.spots.push_back({facts.toFile(bytes), nowhere, &parts});
    }
    std::stable_sort(file.spots.begin(), file.spots.end(), [](const Spot& one, const Spot& other) {
        return one.bytes.start != other.bytes.start ? one.bytes.start < other.bytes.start
                                                    : one.bytes.end > other.bytes.end;
    });
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < file.spots.size(); ++i) {
        while (!open.empty() && file.spots[open.back()].bytes.end <= file.spots[i].bytes.start) {
            open.pop_back();
        }
        file.spots[i].around = open.empty() ? nowhere : open.back();
        open.push_back(i);
    }
}

std::set<std::string_view> Standing::at(std::string_view path, const Facts& facts, ByteRange inFile)
{
    constexpr std::size_t most = 64;
    std::set<std::string_view> out;
    const auto known = m_files.find(path);
    if (known == m_files.end() || inFile.empty()) {
        return out;
    }
    OfFile& file = known->second;
    if (file.spots.empty()) {
        settle(file, facts);
    }
    const auto take = [&out](const Spot& spot) {
        for (auto part = spot.parts->begin(); part != spot.parts->end() && out.size() < most; ++part) {
            out.insert(*part);
        }
    };
    const auto first = std::lower_bound(file.spots.begin(), file.spots.end(), inFile.start,
        [](const Spot& spot, std::uint64_t start) { return spot.bytes.start < start; });
    for (auto spot = first; spot != file.spots.end() && spot->bytes.start < inFile.end && out.size() < most; ++spot) {
        take(*spot);
    }
    if (!out.empty() || first == file.spots.begin()) {
        return out;
    }
    auto around = static_cast<std::size_t>(std::distance(file.spots.begin(), first)) - 1;
    for (std::size_t steps = 0; around != nowhere && steps < most; ++steps, around = file.spots[around].around) {
        if (file.spots[around].bytes.end > inFile.start) {
            take(file.spots[around]);
            break;
        }
    }
    return out;
}

} // namespace cupel::threats
