// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a drawing as a picture: SVG, PDF or PNG, by the name of the file. Made on the thread that writes it; the
// window asks where to and hears when it is there.
#pragma once

#include "widgets/models/graph_scene.h"

#include <QtCore/QString>

#include <functional>

class QFileDialog;
class QWidget;

namespace cupel::app {

class Session;

struct PictureRequest {
    widgets::GraphScenePtr scene;
    std::vector<std::uint32_t> path; // edges of a way through it, numbered
    QString file;
    QString title;
};

// False: nothing was written, and what stood there stays.
[[nodiscard]] bool writePicture(const PictureRequest& request);
// In the background; `done` is called on this thread.
void writePictureSoon(Session& session, PictureRequest request, std::function<void(bool written)> done);
// Asks for a name; not shown yet. `pdf`: that is offered too.
[[nodiscard]] QFileDialog* pictureDialog(
    QWidget* parent, const QString& title, const QString& folder, const QString& name, bool pdf);

} // namespace cupel::app
