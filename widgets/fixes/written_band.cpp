// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/written_band.h"

#include "widgets/models/shown_text.h"

namespace cupel::widgets {

void WrittenBand::setFile(const WrittenFile& file)
{
    m_file = file;
    if (!file.trouble.isEmpty()) {
        const QString advice = tr("Nothing was written. Choose another place, or see who may write there.");
        setWords({file.trouble, advice, false, false}, {});
        return;
    }
    const QString path = shownText(file.path.toStdString());
    const QString title =
        file.copy ? tr("Wrote %1").arg(path) : tr("%1 was changed. Ctrl+Z takes it back until Cupel ends.").arg(path);
    QStringList advice;
    if (!file.meets) {
        advice += tr("It does not meet the profile: look at it before anybody gets it.");
    }
    if (file.meets && file.below > 0) {
        advice += tr("%n finding(s) left of the kinds the profile asks about, too mild or not sure enough for it.",
            nullptr, file.below);
    }
    if (const int holding = file.along.taken + file.along.held; holding > 0) {
        advice += tr("Decisions about the file that hold for the copy as well: %1.").arg(holding);
    }
    if (file.along.otherwise > 0) {
        advice += tr("%n finding(s) you have answered for will be asked about again: what is kept about the copy "
                     "itself does not answer for them.",
            nullptr, file.along.otherwise);
    }
    if (file.along.elsewhere > 0) {
        advice +=
            tr("%n finding(s) you have answered for will be asked about again: decisions stay with their folder, and "
               "the copy lies elsewhere.",
                nullptr, file.along.elsewhere);
    }
    if (file.remaining > 0) {
        advice += tr(
            "%n word(s) equal to a value that was taken out stay: look whether they are it.", nullptr, file.remaining);
    }
    if (file.wordsRemaining > 0) {
        advice += tr("%n word(s) of a name that was taken out stay: look whether they mean the same.", nullptr,
            file.wordsRemaining);
    }
    if (file.credentials > 0) {
        advice += tr("%n credential(s) taken out. Whoever has seen the old file can still use them: revoke them where "
                     "they were issued.",
            nullptr, file.credentials);
    }
    setWords({title, advice.join(u' '), file.meets, file.copy}, file.path);
}

} // namespace cupel::widgets
