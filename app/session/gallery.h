// SPDX-License-Identifier: GPL-3.0-or-later
// Gathers the images of the review in the background while somebody looks at them or has done so before, and keeps
// which ones have been looked at. UI thread; the session owns it, its tick drains it.
#pragma once

#include "analyzers/report/build.h"
#include "analyzers/review/profile.h"
#include "app/session/mark_keeper.h"
#include "app/session/picture_witnesses.h"
#include "app/session/session_worker.h"
#include "widgets/models/gallery_state.h"

#include <QtCore/QObject>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cupel::app {

class Session;

using ImageList = std::shared_ptr<const std::vector<widgets::GalleryImage>>;
// Blocking; any thread. The images of each analysis; fewer when it was stopped.
[[nodiscard]] std::vector<std::pair<AnalysisPtr, ImageList>> gatherImages(
    const std::vector<AnalysisPtr>& analyses, const std::stop_token& stop);

class Gallery : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t mostImages = 20'000; // that somebody has to look at
    static constexpr std::size_t mostOthers = 300; // that only talk of pictures
    static constexpr qsizetype mostMarks = 5'000; // the oldest are forgotten

    explicit Gallery(Session& session, QObject* parent = nullptr);
    [[nodiscard]] widgets::GalleryState& state() { return m_state; }
    void setActive(bool active); // follows the review while its view is seen
    void mark(const QByteArrayList& ids, bool looked); // one undo step
    // How many pictures of each file have been looked at, of those that were gathered.
    [[nodiscard]] review::LookedAt lookedAt() const;
    // Who has looked at these, and when.
    [[nodiscard]] std::vector<report::PictureWitness> witnesses() const;

Q_SIGNALS:
    void lookedAtChanged();

private:
    using Listed = std::vector<std::pair<AnalysisPtr, ImageList>>;
    void gather();
    void take(Listed made);
    void show();
    void tell();
    void tellRecents();
    [[nodiscard]] const QByteArrayList& marks() const;
    void setMarks(const QByteArrayList& ids); // in the order they were made
    void keepInFolders(const QSet<QByteArray>& before, const QSet<QByteArray>& now);
    friend class MarkLookedAt;

    Session& m_session;
    widgets::GalleryState m_state;
    PictureWitnesses m_witnesses;
    MarkKeeper m_keeper;
    std::map<std::string, std::pair<AnalysisPtr, ImageList>> m_known; // by path
    review::LookedAt m_told; // what lookedAt() was when it was last told of
    bool m_active = false;
    SessionWorker<std::vector<AnalysisPtr>, Listed> m_worker;
};

} // namespace cupel::app
