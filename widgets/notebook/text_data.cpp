// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/text_data.h"

#include <algorithm>
#include <tuple>

namespace cupel::widgets {

namespace {

// Laying out one line costs more than its length: a line of 5 MB is cut into pieces that are laid out one by one.
constexpr int pieceLength = 4'000;

void addLine(TextData& data, int start, int end, int number)
{
    do {
        auto length = std::min(end - start, pieceLength);
        if (length < end - start && data.text.at(start + length).isLowSurrogate()) {
            --length;
        }
        data.lines.push_back({start, length, number});
        number = 0;
        start += length;
    } while (start < end);
}

} // namespace

int TextData::lineAt(int unit) const
{
    const auto after =
        std::upper_bound(lines.begin(), lines.end(), unit, [](int u, const Line& line) { return u < line.start; });
    return static_cast<int>(std::max<std::ptrdiff_t>(0, after - lines.begin() - 1));
}

void TextData::setMarks(std::vector<Mark> unsorted)
{
    marks = std::move(unsorted);
    startOf.clear();
    for (auto& mark : marks) {
        mark.also = !startOf.try_emplace(mark.finding, mark.start).second;
    }
    std::sort(marks.begin(), marks.end(),
        [](const Mark& a, const Mark& b) { return std::tie(a.start, a.end) < std::tie(b.start, b.end); });
    longestMark = 0;
    for (const auto& mark : marks) {
        longestMark = std::max(longestMark, mark.end - mark.start);
    }
}

TextData splitLines(QString text, int firstLine)
{
    TextData data;
    data.text = std::move(text);
    const auto size = static_cast<int>(data.text.size());
    const auto* units = data.text.constData();
    int start = 0;
    int number = firstLine;
    for (int i = 0; i < size; ++i) {
        const auto unit = units[i].unicode();
        if (unit == u'\n' || unit == u'\r') {
            addLine(data, start, i, number++);
            if (unit == u'\r' && i + 1 < size && units[i + 1] == u'\n') {
                ++i;
            }
            start = i + 1;
        } else if (unit >= 0x7F || unit == u'\t') {
            data.ascii = false;
        }
    }
    if (start < size || data.lines.empty()) {
        addLine(data, start, size, number);
    }
    return data;
}

} // namespace cupel::widgets
