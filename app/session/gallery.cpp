// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/gallery.h"

#include "analyzers/review/picture_marks.h"
#include "app/session/recent_words.h"
#include "app/session/session.h"
#include "app/session/triage.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtGui/QUndoCommand>

#include <algorithm>
#include <iterator>
#include <new>
#include <set>
#include <utility>

namespace cupel::app {

using widgets::GalleryImage;

namespace {

GalleryImage look(const AnalysisPtr& analysis, formats::ImagePlace place)
{
    GalleryImage image;
    auto facts = widgets::readPictureFacts(*analysis, place);
    image.picture.analysis = analysis;
    image.picture.key = std::move(facts.key);
    image.picture.size = facts.size;
    image.bytes = facts.bytes;
    image.refusal = std::move(facts.refusal);
    if (place.kind == formats::ImagePlace::Kind::Drawing) {
        image.format = QStringLiteral("SVG");
    } else {
        std::string keep;
        auto window = formats::imageAt(analysis->artifact, analysis->facts, place, keep);
        auto metadata = formats::readImageMetadata(window);
        image.format =
            QString::fromLatin1(metadata.format.data(), static_cast<qsizetype>(metadata.format.size())).toUpper();
        image.notes = std::move(metadata.notes);
    }
    image.id = QByteArray::fromStdString(review::pictureId(*analysis, place));
    image.toBeSeen = place.toBeSeen;
    image.picture.place = std::move(place);
    return image;
}

} // namespace

std::vector<std::pair<AnalysisPtr, ImageList>> gatherImages(
    const std::vector<AnalysisPtr>& analyses, const std::stop_token& stop)
{
    std::vector<std::pair<AnalysisPtr, ImageList>> out;
    std::size_t count = 0;
    for (const AnalysisPtr& analysis : analyses) {
        auto images = std::make_shared<std::vector<GalleryImage>>();
        Budget budget(Limits{}, stop);
        if (analysis->artifact.bytes && count <= Gallery::mostImages) {
            for (auto& place :
                formats::listImages(analysis->artifact, analysis->facts, budget, Gallery::mostImages + 1 - count)) {
                if (stop.stop_requested()) {
                    break;
                }
                try {
                    images->push_back(look(analysis, std::move(place)));
                } catch (const std::bad_alloc&) {
                    continue; // one that does not fit costs the others nothing
                }
            }
        }
        if (stop.stop_requested()) {
            break;
        }
        count += static_cast<std::size_t>(
            std::count_if(images->begin(), images->end(), [](const GalleryImage& image) { return image.toBeSeen; }));
        out.emplace_back(analysis, std::move(images));
    }
    return out;
}

// What one step changes of the marks and of who made them, not all there are.
class MarkLookedAt : public QUndoCommand {
public:
    struct Marks {
        std::vector<std::pair<qsizetype, QByteArray>> gone; // where they stood; rising
        QByteArrayList fresh; // behind all others
    };
    MarkLookedAt(Gallery& gallery, Marks marks, PictureWitnesses::Changes said)
        : QUndoCommand(Gallery::tr("Mark images as looked at"))
        , m_gallery(gallery)
        , m_marks(std::move(marks))
        , m_said(std::move(said))
    {
    }
    void redo() override
    {
        QByteArrayList ids = m_gallery.marks();
        for (auto gone = m_marks.gone.rbegin(); gone != m_marks.gone.rend(); ++gone) {
            if (gone->first < ids.size()) {
                ids[gone->first].clear(); // ids are never empty
            }
        }
        ids.removeAll(QByteArray());
        m_gallery.m_witnesses.apply(m_said, true);
        m_gallery.setMarks(ids + m_marks.fresh);
    }
    void undo() override
    {
        const QByteArrayList now = m_gallery.marks();
        const qsizetype kept = std::max<qsizetype>(0, now.size() - m_marks.fresh.size());
        QByteArrayList ids;
        ids.reserve(kept + static_cast<qsizetype>(m_marks.gone.size()));
        auto gone = m_marks.gone.begin();
        for (qsizetype i = 0; i < kept || gone != m_marks.gone.end();) {
            const bool back = gone != m_marks.gone.end() && (gone->first <= ids.size() || i == kept);
            ids += back ? (gone++)->second : now[i++];
        }
        m_gallery.m_witnesses.apply(m_said, false);
        m_gallery.setMarks(ids);
    }

private:
    Gallery& m_gallery;
    Marks m_marks;
    PictureWitnesses::Changes m_said;
};

Gallery::Gallery(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_witnesses(
          session.saver(), QFileInfo(session.paths().sessionFile()).dir().filePath(QStringLiteral("looked-at.json")))
    , m_keeper(session)
    , m_worker(session, gatherImages, [this](Listed made) { take(std::move(made)); })
{
    connect(&session, &Session::scanFinished, this, &Gallery::gather);
    connect(&session, &Session::opened, this, &Gallery::gather);
    connect(&m_state, &widgets::GalleryState::lookedAtRequested, this, &Gallery::mark);
}

review::LookedAt Gallery::lookedAt() const
{
    const QByteArrayList& marks = m_session.state().lookedAt;
    const QSet<QByteArray> known(marks.begin(), marks.end());
    review::LookedAt seen;
    for (const auto& [path, entry] : m_known) {
        const auto& images = *entry.second;
        const auto& analysis = entry.first; // the pictures that were counted, of the file as it is now
        if (m_session.review().analysis(path) != analysis) {
            continue;
        }
        std::uint64_t count = 0;
        std::uint64_t left = 0;
        for (const GalleryImage& image : images) {
            if (image.toBeSeen) {
                ++(known.contains(image.id) ? count : left);
            }
        }
        // One that is listed and not looked at is one that is left, however many were counted.
        const auto pictures = analysis->pictures;
        if (const auto looked = std::min(count, pictures - std::min(left, pictures)); looked > 0) {
            seen[path] = looked;
        }
    }
    return seen;
}

std::vector<report::PictureWitness> Gallery::witnesses() const
{
    std::map<QByteArray, std::uint64_t> shown; // an equal picture in two places was looked at in both
    for (const auto& [path, entry] : m_known) {
        if (m_session.review().analysis(path) == entry.first) {
            for (const GalleryImage& one : *entry.second) {
                if (one.toBeSeen) {
                    ++shown[one.id];
                }
            }
        }
    }
    std::map<std::pair<QString, QString>, std::uint64_t> counts; // by day and name
    for (const QByteArray& id : m_session.state().lookedAt) {
        const auto at = shown.find(id);
        if (const Witness* who = m_witnesses.find(id); who && at != shown.end()) {
            counts[{who->date, who->author}] += at->second;
        }
    }
    std::vector<report::PictureWitness> out;
    for (const auto& [who, count] : counts) {
        out.push_back({who.second.toStdString(), who.first.toStdString(), count});
    }
    return out;
}

void Gallery::setActive(bool active)
{
    if (std::exchange(m_active, active) != active && active) {
        const QByteArrayList& marks = m_session.state().lookedAt;
        m_state.setLookedAt(QSet<QByteArray>(marks.begin(), marks.end()));
        gather();
    }
}

void Gallery::gather()
{
    const auto& analyses = m_session.review().workspace().analyses;
    m_state.setFiles(analyses.size());
    const auto stale = std::erase_if(m_known, [&analyses](const auto& entry) {
        const auto now = analyses.find(entry.first);
        return now == analyses.end() || now->second != entry.second.first;
    });
    tell();
    // The verdict asks for the marks wherever somebody is; without a mark nothing has to be listed for it.
    const bool marked = !m_session.state().lookedAt.isEmpty();
    std::vector<AnalysisPtr> missing;
    for (const auto& [path, analysis] : analyses) {
        if ((m_active || (marked && analysis->pictures > 0)) && m_known.count(path) == 0) {
            missing.push_back(analysis);
        }
    }
    if (!m_active && missing.empty()) {
        if (stale > 0) {
            show(); // lets go of their bytes
        }
        return;
    }
    m_state.setCollecting(m_session.scanning() || !missing.empty());
    if (m_session.scanning() || missing.empty()) {
        show();
        return;
    }
    m_worker.request(std::move(missing));
}

void Gallery::take(Listed made)
{
    for (auto& [analysis, images] : made) {
        m_known[analysis->artifact.path] = {analysis, std::move(images)};
    }
    m_state.setCollecting(false);
    show();
}

void Gallery::show()
{
    std::vector<GalleryImage> images;
    std::vector<GalleryImage> others; // what is no picture stands behind all that are, and waits for nobody
    bool complete = true;
    for (const auto& [path, entry] : m_known) {
        for (const GalleryImage& image : *entry.second) {
            auto& list = image.toBeSeen ? images : others;
            if (list.size() < (image.toBeSeen ? mostImages : mostOthers)) {
                list.push_back(image);
            } else {
                complete = complete && !image.toBeSeen;
            }
        }
    }
    images.insert(images.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
    m_state.setImages(std::move(images), complete);
    tell();
}

// Whoever judges by it works for a while: only when there is something else to judge by.
void Gallery::tell()
{
    if (auto now = lookedAt(); now != m_told) {
        m_told = std::move(now);
        tellRecents();
        Q_EMIT lookedAtChanged();
    }
}

// The list of files on Home was written when the scan ended.
void Gallery::tellRecents()
{
    if (m_session.scanning()) {
        return; // it is written anew
    }
    std::vector<Recent> list = m_session.recents().list();
    const std::vector<Recent> before = list;
    for (Recent& recent : list) {
        if (m_session.roots().contains(recent.path)) {
            recent.notJudged = notJudgedIn(partUnder(m_session.review().workspace(), recent.path), m_told);
        }
    }
    if (list != before) {
        m_session.recents().replace(std::move(list));
    }
}

void Gallery::mark(const QByteArrayList& ids, bool looked)
{
    const QByteArrayList& before = marks();
    const QSet<QByteArray> chosen(ids.begin(), ids.end());
    MarkLookedAt::Marks change;
    if (looked) {
        change.fresh = chosen.values().mid(std::max<qsizetype>(0, chosen.size() - mostMarks));
    }
    const auto stay =
        std::count_if(before.begin(), before.end(), [&chosen](const QByteArray& id) { return !chosen.contains(id); });
    auto tooMany = std::max<qsizetype>(0, stay + change.fresh.size() - mostMarks); // the oldest
    QByteArrayList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (chosen.contains(before[i]) || tooMany > 0) {
            tooMany -= chosen.contains(before[i]) ? 0 : 1;
            change.gone.emplace_back(i, before[i]);
        } else {
            after += before[i];
        }
    }
    PictureWitnesses::Changes said;
    if (looked) {
        const QByteArrayList fresh = (chosen - QSet<QByteArray>(before.begin(), before.end())).values();
        said = m_witnesses.add(
            fresh, {m_session.triage().author(), Triage::today().toString(Qt::ISODate)}, after + change.fresh);
    }
    m_session.undo().push(new MarkLookedAt(*this, std::move(change), std::move(said)));
}

const QByteArrayList& Gallery::marks() const
{
    return m_session.state().lookedAt;
}

// The command line and reports made by it know the marks from the file of decisions. What this window knows of a folder
// is written with each change: also marks that were made before they were kept there. Of others only what was taken
// away here goes.
void Gallery::keepInFolders(const QSet<QByteArray>& before, const QSet<QByteArray>& now)
{
    QSet<QByteArray> changed = (before - now) + (now - before);
    std::map<QString, review::PictureMarkChanges> byFolder;
    std::set<QString> touched;
    for (const auto& [path, entry] : m_known) {
        const QString folder = m_session.triage().folderOf(path);
        if (folder.isEmpty()) {
            continue;
        }
        for (const GalleryImage& image : *entry.second) {
            const bool looked = now.contains(image.id);
            if (!image.toBeSeen || (!looked && !changed.contains(image.id))) {
                continue;
            }
            const std::string id = image.id.toHex().toStdString();
            auto& change = byFolder[folder][id];
            if (looked && !change) {
                const Witness* who = m_witnesses.find(image.id);
                const QString file = QString::fromStdString(path);
                change = review::PictureMark{id,
                    (file.startsWith(folder + u'/') ? file.mid(folder.size() + 1) : file).toStdString(),
                    who ? who->author.toStdString() : std::string(), who ? who->date.toStdString() : std::string()};
            }
            if (changed.contains(image.id)) {
                touched.insert(folder);
            }
        }
    }
    std::erase_if(byFolder, [&touched](const auto& entry) { return !touched.contains(entry.first); });
    m_keeper.change(std::move(byFolder));
}

void Gallery::setMarks(const QByteArrayList& ids)
{
    const QByteArrayList before = std::exchange(m_session.state().lookedAt, ids);
    keepInFolders({before.begin(), before.end()}, {ids.begin(), ids.end()});
    m_state.setLookedAt(QSet<QByteArray>(ids.begin(), ids.end()));
    m_session.touchState();
    tell();
}

} // namespace cupel::app
