// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/traceback.h"

#include <algorithm>
#include <array>

namespace cupel::widgets {

namespace {

constexpr int fewestLines = 3; // shorter frames are not worth a fold

// "File /usr/.../x.py:12, in f(a)", "/usr/.../x.py in f(a)", "  File "...", line 3, in f", "Cell In[3], line 1".
bool isFrameHead(QStringView line)
{
    const auto text = line.trimmed();
    if (text.startsWith(QLatin1StringView("Cell In")) || text.startsWith(QLatin1StringView("<ipython-input"))
        || text.startsWith(QLatin1StringView("Input In")) || text.startsWith(QLatin1StringView("<timed "))) {
        return true;
    }
    const bool path = text.startsWith(u'/') || text.startsWith(u'~')
        || (text.size() > 3 && text[1] == u':' && text[2] == u'\\')
        || text.startsWith(QLatin1StringView("<decorator-gen"))
        || text.startsWith(QLatin1StringView("<__array_function"));
    return text.startsWith(QLatin1StringView("File ")) || (path && text.contains(QLatin1StringView(" in ")));
}

constexpr std::array libraryPlaces{QLatin1StringView("site-packages/"), QLatin1StringView("dist-packages/"),
    QLatin1StringView("site-packages\\"), QLatin1StringView("dist-packages\\")};

// The package a frame's head points into; empty: the user's own code.
QString packageOf(QStringView head)
{
    for (const auto place : libraryPlaces) {
        const auto at = head.lastIndexOf(place);
        if (at >= 0) {
            const auto rest = head.mid(at + place.size());
            auto end = std::find_if(
                rest.begin(), rest.end(), [](QChar c) { return !c.isLetterOrNumber() && c != u'_' && c != u'-'; });
            return rest.left(end - rest.begin()).toString();
        }
    }
    const auto lib = head.indexOf(QLatin1StringView("/lib/python"));
    if (lib >= 0 || head.contains(QLatin1StringView("\\lib\\"))) {
        return QStringLiteral("python");
    }
    return head.contains(QLatin1StringView("<decorator-gen")) || head.contains(QLatin1StringView("<__array_function"))
        ? QStringLiteral("python")
        : QString();
}

} // namespace

std::vector<LibraryFrames> libraryFrames(const TextData& traceback)
{
    std::vector<LibraryFrames> result;
    const auto count = static_cast<int>(traceback.lines.size());
    LibraryFrames open;
    bool inside = false;
    const auto finish = [&](int end) {
        // The blank line before the next frame belongs to the fold; the last line of all never does.
        open.end = std::min(end, count - 1);
        if (inside && open.end - open.first >= fewestLines) {
            result.push_back(open);
        }
        inside = false;
        open = {};
    };
    for (int i = 0; i < count; ++i) {
        const auto& line = traceback.lines[static_cast<std::size_t>(i)];
        const auto text = QStringView(traceback.text).mid(line.start, line.length);
        // The message at the end starts with the error's name at the margin.
        const bool message = inside && !text.isEmpty() && text.front().isLetter() && !isFrameHead(text)
            && text.contains(u':') && text.left(text.indexOf(u':')).indexOf(u' ') < 0;
        if (message) {
            finish(i);
        } else if (isFrameHead(text)) {
            const auto package = packageOf(text);
            if (package.isEmpty()) {
                finish(i);
                continue;
            }
            if (!inside) {
                open.first = i;
                inside = true;
            }
            ++open.frames;
            if (open.packages.size() < 3 && !open.packages.contains(package)) {
                open.packages.append(package);
            }
        }
    }
    finish(count);
    return result;
}

} // namespace cupel::widgets
