// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses of pictures in any text, and hosts: places rise and lie in the text, and what they hold leads back to it.
#include "analyzers/formats/html/html_host.h"
#include "analyzers/formats/html/html_url.h"
#include "analyzers/formats/image/image_places.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    std::size_t from = 0;
    const bool any = formats::mayHoldEmbedded(text);
    for (auto next = formats::nextEmbedded(text, 0); next; next = formats::nextEmbedded(text, from)) {
        fuzz::must(any, "one that is found may be there");
        fuzz::must(next->start >= from && next->start < next->base64.start, "an address begins behind the one before");
        fuzz::must(next->base64.start <= next->base64.end && next->base64.end <= size, "its body lies in the text");
        fuzz::must(next->base64.end <= next->reach || next->base64.empty(), "it ends where it ends");
        from = next->base64.end;
        const auto body = slice(text, next->base64);
        auto window = formats::ByteWindow::ofBase64(body);
        fuzz::must(window.size() <= body.size(), "it holds no more than is written");
        (void)formats::isToBeSeen(window, next->claimed);
        for (std::uint64_t at = 0; at < window.size(); at += 5) {
            fuzz::must(window.read(at, 9).size() <= 9, "no more is read than was asked for");
            const auto source = window.toSource({at, at + 1});
            fuzz::must(source.start <= source.end && source.end <= body.size(), "a byte leads back into the text");
        }
    }
    for (const bool entities : {false, true}) {
        const auto url = formats::readUrl(text, entities);
        fuzz::must(url.kind != formats::HtmlUrl::Kind::Remote || !url.host.empty(), "what is asked has a name");
        fuzz::must(url.host.size() <= 253, "a host is short");
    }
    if (const auto host = formats::readHost(text)) {
        fuzz::must(!host->empty(), "a host has a name");
        fuzz::must(
            host->starts_with('[') || host->find_first_of("/@%: ") == std::string::npos, "and no sign of an address");
    }
    return 0;
}
