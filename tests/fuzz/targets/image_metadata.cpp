// SPDX-License-Identifier: GPL-3.0-or-later
// Metadata of any image, as bytes and as base64 text: notes are few, named and inside.
#include "analyzers/formats/image/image_metadata.h"
#include "analyzers/formats/image/image_size.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

static void check(formats::ByteWindow window, std::uint64_t sourceSize)
{
    const auto metadata = formats::readImageMetadata(window);
    fuzz::must(metadata.notes.size() <= 64, "notes are capped");
    for (const auto& note : metadata.notes) {
        fuzz::must(!note.tag.empty() && note.tag.size() <= 200, "a note has a short name");
        fuzz::must(note.place.start < note.place.end && note.place.end <= window.size(), "a note lies in the image");
        const auto source = window.toSource(note.place);
        fuzz::must(source.start <= source.end && source.end <= sourceSize, "a note leads back into the text");
    }
    const auto measured = formats::readImageSize(window);
    fuzz::must(!measured || (measured->width > 0 && measured->height > 0), "a size is one");
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = fuzz::viewOf(data, size);
    check(formats::ByteWindow(bytes), size);
    check(formats::ByteWindow::ofBase64(bytes), size);
    return 0;
}
