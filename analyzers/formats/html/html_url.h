// SPDX-License-Identifier: GPL-3.0-or-later
// Where an address in markup leads, as browsers read it: entities undone, control characters dropped, back slashes
// taken for slashes, hosts as html_host.h compares them. Reads no more of the address than it needs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cupel::formats {

struct HtmlUrl {
    enum class Kind : std::uint8_t {
        Relative,
        Remote, // http, https, ftp, ws, and those that take the scheme of the page
        Script, // javascript:, vbscript: and their kin
        Document, // data: of a type that can hold script
        Data, // any other data:
        LocalFile, // file:, a drive letter, a UNC path
        Other // mailto:, tel:, blob: ...
    };
    Kind kind = Kind::Relative;
    std::string host; // lower case, without user and port
    bool insecure = false; // http: or ftp:
    bool counter = false; // of http and https: its path is that of a counter of views
    bool hidden = false; // its scheme was written with entities, control characters or mixed case

    [[nodiscard]] bool holdsData() const { return kind == Kind::Data || kind == Kind::Document; }
};

[[nodiscard]] HtmlUrl readUrl(std::string_view raw, bool entities = true);
// The same for text that is decoded already.
[[nodiscard]] bool isScriptType(std::string_view lowerMime);

} // namespace cupel::formats
