// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/ini_text.h"

#include <algorithm>

namespace cupel::app {

namespace {

QString escaped(const QString& value)
{
    QString out;
    out.reserve(value.size() + 2);
    for (const QChar c : value) {
        if (c == u'\\') {
            out += QStringLiteral("\\\\");
        } else if (c == u'\n') {
            out += QStringLiteral("\\n");
        } else if (c == u'\r') {
            out += QStringLiteral("\\r");
        } else {
            out += c;
        }
    }
    const bool quote = !out.isEmpty() && (out.front().isSpace() || out.back().isSpace() || out.front() == u'"');
    return quote ? u'"' + out + u'"' : out;
}

QString unescaped(QStringView value)
{
    if (value.size() >= 2 && value.front() == u'"' && value.back() == u'"') {
        value = value.sliced(1, value.size() - 2);
    }
    QString out;
    out.reserve(value.size());
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] != u'\\' || i + 1 == value.size()) {
            out += value[i];
            continue;
        }
        const QChar next = value[++i];
        out += next == u'n' ? QChar(u'\n') : next == u'r' ? QChar(u'\r') : next;
    }
    return out;
}

std::pair<QString, QString> split(const QString& path)
{
    const qsizetype slash = path.indexOf(u'/');
    return {path.left(slash), path.mid(slash + 1)};
}

} // namespace

IniText::IniText(const QByteArray& bytes)
{
    QString section;
    const QString text = QString::fromUtf8(bytes.left(maxBytes));
    for (const QString& raw : text.split(u'\n')) {
        const QStringView line = QStringView(raw).trimmed();
        const qsizetype equals = line.indexOf(u'=');
        if (line.startsWith(u'[') && line.endsWith(u']')) {
            section = line.sliced(1, line.size() - 2).toString();
            m_lines.push_back({section, {}, {}, raw});
        } else if (equals <= 0 || line.startsWith(u';') || line.startsWith(u'#')) {
            m_lines.push_back({section, {}, {}, raw});
        } else {
            m_lines.push_back(
                {section, line.left(equals).trimmed().toString(), unescaped(line.sliced(equals + 1).trimmed()), raw});
        }
    }
    while (!m_lines.empty() && m_lines.back().raw.isEmpty()) {
        m_lines.pop_back(); // bytes() ends the last line again
    }
}

QByteArray IniText::bytes() const
{
    QString out;
    for (const Line& line : m_lines) {
        out += line.raw + u'\n';
    }
    return out.toUtf8();
}

std::vector<IniText::Line>::const_iterator IniText::find(const QString& path) const
{
    const auto [section, key] = split(path);
    return std::find_if(m_lines.begin(), m_lines.end(),
        [&s = section, &k = key](const Line& line) { return line.key == k && line.section == s; });
}

std::optional<QString> IniText::value(const QString& path) const
{
    const auto it = find(path);
    return it == m_lines.end() ? std::nullopt : std::optional(it->value);
}

void IniText::set(const QString& path, const QString& value)
{
    const auto [section, key] = split(path);
    const Line line{section, key, value, key + u'=' + escaped(value)};
    if (const auto it = find(path); it != m_lines.end()) {
        m_lines[static_cast<std::size_t>(it - m_lines.begin())] = line;
        return;
    }
    const auto last = std::find_if(m_lines.rbegin(), m_lines.rend(),
        [&s = section](const Line& other) { return other.section == s && !other.raw.trimmed().isEmpty(); });
    if (last != m_lines.rend()) {
        m_lines.insert(last.base(), line);
        return;
    }
    if (!section.isEmpty()) {
        if (!m_lines.empty()) {
            m_lines.push_back({m_lines.back().section, {}, {}, {}});
        }
        m_lines.push_back({section, {}, {}, u'[' + section + u']'});
    }
    m_lines.push_back(line);
}

void IniText::remove(const QString& path)
{
    if (const auto it = find(path); it != m_lines.end()) {
        m_lines.erase(it);
    }
}

QStringList IniText::keys(const QString& section) const
{
    QStringList out;
    for (const Line& line : m_lines) {
        if (line.section == section && !line.key.isEmpty()) {
            out += line.key;
        }
    }
    return out;
}

} // namespace cupel::app
