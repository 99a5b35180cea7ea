// SPDX-License-Identifier: GPL-3.0-or-later
// A project with made-up secrets in every place where one can stand, and the forms in which they must never come out
// again. Values are put together at run time: none stands in the sources.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <string>
#include <vector>

namespace cupel::test {

struct Canary {
    std::string place; // "table of an output"
    std::string file; // its name in the project
    std::string value; // in clear
    std::vector<std::string> spelled; // how it stands in the file, all of it has to be masked
};

struct CanaryProject {
    std::vector<Canary> canaries;
    std::vector<std::pair<std::string, std::string>> files; // name, bytes
    void write(const QString& folder) const;
};

[[nodiscard]] CanaryProject canaryProject();
// One member, stored.
[[nodiscard]] std::string zipOf(const std::string& name, const std::string& bytes);
[[nodiscard]] std::string utf16Of(const std::string& ascii);

// Finds canaries in text, whole, in pieces of a dozen characters, in base64, and with line breaks in between.
class CanaryWatch {
public:
    explicit CanaryWatch(const std::vector<Canary>& canaries);
    // Places of the canaries that are in the text.
    [[nodiscard]] QStringList seenIn(const QString& text) const;

private:
    struct Needle {
        QString text;
        QString place;
    };
    std::vector<Needle> m_needles;
};

} // namespace cupel::test
