// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/shown_text.h"

#include "analyzers/base/words.h"

#include <QtCore/QLocale>

namespace cupel::widgets {

namespace {

bool acts(char16_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x206F) || c == 0x061C || c == 0xFEFF;
}

} // namespace

QString shownText(std::string_view utf8, bool lines)
{
    QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    for (QChar& c : text) {
        if (c == u'\n' && lines) {
            continue;
        }
        if (c == u'\n' || c == u'\t' || c == u'\r') {
            c = u' ';
        } else if (acts(c.unicode())) {
            c = QChar(QChar::ReplacementCharacter);
        }
    }
    return text;
}

QString shownFileName(std::string_view path)
{
    const auto cut = path.find_last_of("/!\\");
    return shownText(cut == std::string_view::npos ? path : path.substr(cut + 1));
}

QString shownMemberName(std::string_view path)
{
    const auto file = path.substr(0, path.find('!'));
    return shownFileName(file) + shownText(path.substr(file.size()));
}

QString shownPath(const Workspace& workspace, const std::string& path)
{
    std::string_view best;
    for (const std::string& root : workspace.roots) {
        std::string_view folder = root;
        while (folder.size() > 1 && folder.back() == '/') {
            folder.remove_suffix(1);
        }
        if (path == folder) {
            return shownFileName(path);
        }
        const bool inside = path.size() > folder.size() && path.compare(0, folder.size(), folder) == 0
            && (path[folder.size()] == '/' || path[folder.size()] == '!');
        if (inside && folder.size() > best.size()) {
            best = folder;
        }
    }
    if (best.empty()) {
        return shownText(path);
    }
    if (path[best.size()] == '!') { // a member of a container that is a root: keep the container's name
        return shownFileName(best) + shownText(std::string_view(path).substr(best.size()));
    }
    return shownText(std::string_view(path).substr(best.size() + 1));
}

QString shownSize(std::uint64_t bytes)
{
    const auto words = sizeWords(bytes);
    return QLocale().toString(words.number, 'f', words.decimals) + u' '
        + QString::fromLatin1(words.unit.data(), static_cast<qsizetype>(words.unit.size()));
}

} // namespace cupel::widgets
