// SPDX-License-Identifier: GPL-3.0-or-later
// Places where a stream is not as any pickler writes it, or asks the loader for something.
#include "analyzers/base/words.h"
#include "analyzers/rules/pickle/doings.h"

#include <algorithm>
#include <iterator>

namespace cupel::rules::pickle {

namespace {

// A row for each oddity of the stream; {} stands for its detail.
struct OddityRow {
    std::string_view code;
    std::string_view rule;
    Severity severity;
    Confidence confidence;
    std::string_view message;
};
constexpr OddityRow oddityRows[] = {
    {"frame-straddle", "CUP-PKL-FRAME", Severity::High, Confidence::Certain,
        "A frame ends inside an argument, so that loaders read different programs from the same bytes."},
    {"frame-too-long", "CUP-PKL-FRAME-LENGTH", Severity::Medium, Confidence::Certain,
        "A frame claims more bytes than there are: some loaders stop there, others read on."},
    {"frame-in-frame", "CUP-PKL-FRAME-LENGTH", Severity::Medium, Confidence::Certain,
        "A frame begins inside another frame, which no pickler writes."},
    {"frame-crossed", "CUP-PKL-FRAME-LENGTH", Severity::Medium, Confidence::Certain,
        "A frame ends inside of bytes, which no pickler writes."},
    {"stop-in-frame", "CUP-PKL-FRAME-LENGTH", Severity::Medium, Confidence::Certain,
        "The stream ends before its frame does: loaders differ in where the next one begins."},
    {"protocol", "CUP-PKL-PROTOCOL", Severity::Low, Confidence::Certain,
        "The stream asks for protocol {}, which does not exist."},
    {"protocol-again", "CUP-PKL-PROTOCOL", Severity::Low, Confidence::Certain,
        "The protocol is named again in the middle of the stream."},
    {"memo-index", "CUP-PKL-MEMORY", Severity::Medium, Confidence::Certain,
        "The memo is used at index {}: loaders make room for as many entries."},
    {"expansion", "CUP-PKL-EXPANSION", Severity::High, Confidence::Certain,
        "The object refers to itself so often that about {} elements stand in it when written out."},
    {"extension", "CUP-PKL-EXTENSION", Severity::Medium, Confidence::Likely,
        "An object of the extension registry is asked for (number {}): what that is, the loading program decides."},
    {"persistent", "CUP-PKL-PERSISTENT", Severity::Medium, Confidence::Likely,
        "A persistent id is used that is not PyTorch's: what it stands for, the loading program decides."},
    {"buffer", "CUP-PKL-BUFFER", Severity::Low, Confidence::Likely,
        "Data outside of the file is asked for, which only programs that know of it can give."},
    {"nested", "CUP-PKL-NESTED", Severity::Medium, Confidence::Likely,
        "Another pickle is carried as data ({}). It was looked at by itself."},
    {"trailing", "CUP-PKL-TRAILING", Severity::Medium, Confidence::Certain,
        "{} {byte follows|bytes follow} the end of a stream and {belongs|belong} to none."},
    {"trailing-zeros", "CUP-PKL-TRAILING", Severity::Low, Confidence::Certain,
        "{} {zero follows|zeros follow} the end of a stream and {belongs|belong} to none."},
    {"trailing-blanks", "CUP-PKL-TRAILING", Severity::Low, Confidence::Certain,
        "{} {blank follows|blanks follow} the end of a stream and {belongs|belong} to none."},
    {"trailing-program", "CUP-PKL-TRAILING", Severity::Medium, Confidence::Certain,
        "{} bytes follow the end of a stream, and they begin like a program for the machine."},
    {"trailing-load", "CUP-PKL-TRAILING", Severity::Low, Confidence::Certain,
        "{} bytes follow the end of the first pickle, where joblib.load stops. They are another pickle."},
    {"array-program", "CUP-PKL-ARRAY-SIZE", Severity::High, Confidence::Certain,
        "Among the numbers of an array stand instructions: joblib passes them over, pickle.load runs them."},
    {"array-size", "CUP-PKL-ARRAY-SIZE", Severity::High, Confidence::Likely,
        "The size of an array is written as no pickler writes it: loaders may go on at another byte than was judged "
        "here."},
    {"array-padding", "CUP-PKL-TRAILING", Severity::Low, Confidence::Certain,
        "{} {byte|bytes} before the numbers of an array {is|are} not the filling that joblib writes there."},
    {"broken", "CUP-PKL-BROKEN", Severity::Medium, Confidence::Certain,
        "The stream cannot be loaded to its end: {}. What it does before that was judged."},
    {"deep-stack", "CUP-PKL-MEMORY", Severity::Medium, Confidence::Certain,
        "Millions of values lie on the stack at once; the deepest were not followed."},
};

void tell(const formats::PickleOddity& odd, std::uint64_t size, const std::function<void(Hit)>& take)
{
    const auto row = std::find_if(
        std::begin(oddityRows), std::end(oddityRows), [&](const OddityRow& one) { return one.code == odd.code; });
    if (row == std::end(oddityRows)) {
        return;
    }
    Hit hit;
    hit.rule = row->rule;
    hit.bytes = {std::min(odd.bytes.start, size), std::min(odd.bytes.end, size)};
    hit.severity = row->severity;
    hit.confidence = row->confidence;
    hit.message = agreeing(row->message, odd.detail == "1");
    if (const auto slot = hit.message.find("{}"); slot != std::string::npos) {
        hit.message.replace(slot, 2, odd.detail);
    }
    hit.arguments["name"] = hit.arguments["detail"] = odd.detail;
    hit.arguments["excerpt"] = std::string(odd.code) + (odd.detail.empty() ? "" : ": " + odd.detail);
    hit.arguments["count"] = std::to_string(odd.count);
    take(std::move(hit));
}

} // namespace

void eachOddity(const formats::PickleFacts& facts, std::uint64_t size, const std::function<void(Hit)>& take)
{
    for (const auto& odd : facts.oddities) {
        tell(odd, size, take);
    }
}

} // namespace cupel::rules::pickle
