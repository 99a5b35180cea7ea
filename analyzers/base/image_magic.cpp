// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/image_magic.h"

#include "analyzers/base/encodings.h"

#include <array>

namespace cupel {

std::string_view mediaByMagic(ByteView head)
{
    using namespace std::string_view_literals;
    struct Magic {
        std::string_view name;
        std::string_view bytes;
    };
    static constexpr std::array table{
        Magic{"png", "\x89PNG\r\n\x1A\n"sv},
        Magic{"jpeg", "\xFF\xD8\xFF"sv},
        Magic{"gif", "GIF87a"sv},
        Magic{"gif", "GIF89a"sv},
        Magic{"tiff", "II*\0"sv},
        Magic{"tiff", "MM\0*"sv},
        Magic{"ico", "\0\0\1\0\1"sv},
        Magic{"pdf", "%PDF-"sv},
        Magic{"wasm", "\0asm"sv},
        Magic{"woff", "wOFF"sv},
        Magic{"woff", "wOF2"sv},
        Magic{"font", "OTTO"sv},
        Magic{"font", "\0\1\0\0\0"sv},
        Magic{"mp3", "ID3\2"sv}, // with the version: "ID3" alone begins texts about trees
        Magic{"mp3", "ID3\3"sv},
        Magic{"mp3", "ID3\4"sv},
        Magic{"mp3", "\xFF\xFB"sv},
        Magic{"ogg", "OggS\0"sv},
        Magic{"flac", "fLaC"sv},
        Magic{"webm", "\x1A\x45\xDF\xA3"sv},
    };
    for (const auto& magic : table) {
        if (head.starts_with(magic.bytes)) {
            return magic.name;
        }
    }
    if (head.size() >= 12 && head.starts_with("RIFF")) {
        const auto kind = head.substr(8, 4);
        return kind == "WEBP" ? "webp" : kind == "WAVE" ? "wav" : kind == "AVI " ? "avi" : std::string_view{};
    }
    if (head.size() >= 12 && head.substr(4, 4) == "ftyp") {
        return "mp4";
    }
    if (head.size() >= 26 && head.starts_with("BM")) {
        // Nobody reads the reserved bytes; the size of the header behind them is one of a few.
        constexpr std::string_view sizes = "\x0C\x10\x28\x34\x38\x40\x6C\x7C"sv;
        const bool known = head.substr(15, 3) == "\0\0\0"sv && sizes.find(head[14]) != std::string_view::npos;
        return known || head.substr(6, 4) == "\0\0\0\0"sv ? "bmp" : std::string_view{};
    }
    return {};
}

std::string_view mediaByBase64(ByteView head)
{
    while (!head.empty() && (head[0] == '\n' || head[0] == ' ' || head[0] == '\r')) {
        head.remove_prefix(1);
    }
    const auto bytes = decodeBase64(head.substr(0, 40));
    return bytes ? mediaByMagic(*bytes) : std::string_view{};
}

} // namespace cupel
