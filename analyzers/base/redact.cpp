// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/redact.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cupel {

namespace {

// The part of a credential that says whose it is and belongs to nobody: "ghp_", "sk-", "AKIA". Up to four characters;
// a value that does not begin like one keeps nothing.
std::size_t brandOf(ByteView value)
{
    static constexpr std::array<ByteView, 34> brands{"A3T", "ABIA", "ABSK", "ACCA", "AIza", "AKCp", "AKIA", "AKID",
        "ASIA", "EAAA", "LTAI", "NRAK", "dapi", "dckr", "dop_", "eyJ", "gith", "glpa", "glrt", "lsv2", "pcsk", "pplx",
        "pypi", "shpa", "shps", "tvly", "whse", "xapp", "xoxa", "xoxb", "xoxe", "xoxp", "xoxs", "ya29"};
    const auto known =
        std::find_if(brands.begin(), brands.end(), [value](ByteView brand) { return value.starts_with(brand); });
    if (known != brands.end()) {
        return known->size();
    }
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (value.size() < 4 || !letter(value[0]) || !letter(value[1])) {
        return 0; // digits and signs early on are of the value itself
    }
    if (value[2] == '_' || value[2] == '-' || value[2] == '.') {
        return 3;
    }
    return letter(value[2]) && (value[3] == '_' || value[3] == '.') ? 4 : 0;
}

} // namespace

std::size_t keptBeginning(ByteView value)
{
    constexpr std::size_t longEnough = 16;
    return value.size() > longEnough ? brandOf(value) : 0;
}

std::size_t homeBeginning(ByteView value)
{
    constexpr std::size_t drive = 2; // "C:"
    const auto root = value.size() > drive && value[1] == ':' ? drive : 0;
    // Names of folders on shared disks may tell something themselves: only these are known not to.
    static constexpr std::array<ByteView, 14> beginnings{"/home/", "/Users/", "\\Users\\", "\\\\Users\\\\",
        "/mnt/batch/tasks/shared/LS_root/mounts/clusters/", "/Workspace/Users/", "/dbfs/FileStore/users/",
        "/dbfs/users/", "dbfs:/FileStore/users/", "dbfs:/users/", "/gpfs/users/", "/lustre/users/", "/nfs/users/",
        "/scratch/users/"};
    for (const auto word : beginnings) {
        if (value.substr(root).starts_with(word)) {
            return root + word.size();
        }
    }
    return 0;
}

std::string mask(ByteView value)
{
    return std::string(value.substr(0, keptBeginning(value))).append(maskDots);
}

void maskValue(std::string& text, ByteView value)
{
    constexpr std::size_t shortest = 4;
    constexpr std::size_t recognisable = 8; // of a value that is cut off
    constexpr std::string_view cutSign = "\u2026";
    if (value.size() < shortest) {
        return;
    }
    const ByteView head = value.substr(0, recognisable);
    for (auto at = text.find(head); at != std::string::npos; at = text.find(head, at)) {
        std::size_t size = head.size();
        while (size < value.size() && at + size < text.size() && text[at + size] == value[size]) {
            ++size;
        }
        const ByteView rest = ByteView(text).substr(at + size);
        if (size == value.size() || rest.empty() || rest == cutSign) {
            text.replace(at, size, maskDots);
            at += maskDots.size();
        } else {
            ++at;
        }
    }
}

void mergeRanges(std::vector<ByteRange>& ranges)
{
    std::sort(ranges.begin(), ranges.end());
    std::vector<ByteRange> merged;
    for (const auto& range : ranges) {
        if (!merged.empty() && range.start <= merged.back().end) {
            merged.back().end = std::max(merged.back().end, range.end);
        } else if (!range.empty()) {
            merged.push_back(range);
        }
    }
    ranges = std::move(merged);
}

bool touches(std::span<const ByteRange> ranges, ByteRange range)
{
    const auto after = std::upper_bound(
        ranges.begin(), ranges.end(), range.start, [](auto offset, const ByteRange& r) { return offset < r.end; });
    return after != ranges.end() && after->overlaps(range);
}

} // namespace cupel
