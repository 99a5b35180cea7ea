// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of the views of the images.
#include "app/shell/main_window.h"

#include "app/session/gallery.h"
#include "app/session/session.h"
#include "app/shell/actions.h"
#include "app/shell/status_bar.h"
#include "widgets/gallery/gallery_view.h"

namespace cupel::app {

void MainWindow::wireImages(ModePage* made)
{
    auto* view = qobject_cast<widgets::GalleryView*>(made->parts().canvas);
    if (!view) {
        return;
    }
    widgets::GalleryState& state = m_session.gallery().state();
    connect(&state, &widgets::GalleryState::opened, this, [this, &state](std::size_t index) {
        const auto& picture = state.images()[index].picture;
        OpenTarget target{QString::fromStdString(picture.analysis->artifact.path), {}, {}, {}};
        if (picture.place.cell >= 0) {
            target.cell = static_cast<decltype(target.cell)::value_type>(picture.place.cell);
        }
        reveal(target);
        if (m_mode == u"review") {
            page(m_mode)->parts().canvas->takeFocus();
        }
    });
    connect(&state, &widgets::GalleryState::lookedAtRequested, this,
        [this, &state](const QByteArrayList& ids, bool looked) {
            const int count = static_cast<int>(state.countOf(ids)); // as the header and the detail count
            m_status->setNotice(looked ? tr("%n image(s) looked at. Undo takes it back.", nullptr, count)
                                       : tr("%n image(s) no longer looked at. Undo takes it back.", nullptr, count));
        });
    connect(m_actions->at(u"image.lookedAt"), &QAction::triggered, &state, &widgets::GalleryState::markChosen);
}

} // namespace cupel::app
