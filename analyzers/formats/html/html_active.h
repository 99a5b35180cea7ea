// SPDX-License-Identifier: GPL-3.0-or-later
// Everything in a piece of HTML or SVG that runs, loads, submits, covers or hides when a program shows it, also when it
// is written to be read differently by a sanitiser and a browser. Nothing is run; memory is bounded by the limits.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/formats/html/script_signs.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats {

enum class ActiveKind : std::uint8_t {
    Script, // written here
    RemoteScript,
    Handler, // on... attribute
    ScriptUrl, // javascript: and kin, data: documents
    Frame, // what it shows is written here or on the same site
    RemoteFrame,
    Plugin, // object, embed, applet
    Refresh, // meta refresh
    Base,
    Form,
    RemoteStyle, // link, @import, url() of fonts and sheets
    Import, // link rel=import, modulepreload, manifest
    RemoteMedia, // images, sound, video
    Beacon, // remote media that nobody sees, ping=
    LocalFile, // file:, UNC
    MediaPath, // a picture of the notebook's own disk, outside its folder
    Opener, // opens a window that may steer this one
    CommandLinker, // CVE-2026-42557
    Clobber, // ids and names that take the place of what scripts of the page use
    SvgForeign, // foreignObject
    SvgUse, // use of another document
    SvgAnimate, // animates an address or handler
    Overlay, // covers the page
    StyleScript,
    HiddenText,
    Mutation, // markup where a sanitiser sees text
    Entity, // DTD entities, xml-stylesheet
};

struct ActivePiece {
    ActiveKind kind = ActiveKind::Script;
    ByteRange bytes; // in the HTML
    ByteRange content; // of a script: what runs, behind the tag; may be empty
    std::string what; // "onerror", "iframe srcdoc": a name, never a value
    std::string host; // of what it loads or sends to, lower case; may be empty
    std::string path; // of MediaPath only, decoded and cut: to be judged, never shown
    ScriptSigns signs; // of scripts and handlers
    bool hidden = false; // written so that it is not seen for what it is
    bool automatic = false; // needs no click
    bool insecure = false; // http:
    bool empty = false; // an address that does nothing: javascript:void(0)
    bool nested = false; // inside a frame's srcdoc or a data document
    bool asksPassword = false; // a form with such a field
};

struct ActiveLimits {
    std::size_t pieces = 2'000;
    std::uint32_t depth = 3; // srcdoc in srcdoc
    std::size_t nestedBytes = 8 << 20; // of decoded srcdoc
};

[[nodiscard]] std::vector<ActivePiece> findActive(
    std::string_view html, Budget& budget, const ActiveLimits& limits = {});

} // namespace cupel::formats
