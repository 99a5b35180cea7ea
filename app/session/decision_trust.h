// SPDX-License-Identifier: GPL-3.0-or-later
// Which decisions that lie in a folder count: those made in this window and those the user said yes to. By the digest
// of a decision's text, so that a line somebody adds or changes later waits for a new answer. Decisions about findings
// go by their folder, those of a threat model by the path of its file. A value whose copies cost nothing; kept on disk
// by TrustKeeper.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QSet>
#include <QtCore/QString>

#include <vector>

namespace cupel::app {

class DecisionTrust {
public:
    static constexpr qint64 maxBytes = 32 << 20;
    enum class Answer : std::uint8_t { Unasked, Own, Used, Ignored };

    [[nodiscard]] Answer answer(const QString& folder, const QString& key) const;
    bool set(const QString& folder, const QString& key, Answer answer); // false: it was so
    void forgetAnswers(const QString& folder); // own decisions stay own
    void keepOnly(const QString& folder, const QSet<QString>& keys); // what stands in no file any more is dropped

    [[nodiscard]] QByteArray toJson() const;
    [[nodiscard]] static DecisionTrust fromJson(const QByteArray& bytes); // nothing for anything odd

private:
    struct Folder {
        QString path;
        QSet<QString> own;
        QSet<QString> used;
        QSet<QString> ignored;
    };
    [[nodiscard]] const Folder* find(const QString& path) const;
    [[nodiscard]] Folder& at(const QString& path); // becomes the most recent one
    std::vector<Folder> m_folders; // the most recent last
};

} // namespace cupel::app
