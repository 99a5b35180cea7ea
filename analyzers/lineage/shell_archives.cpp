// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/shell_archives.h"

#include "analyzers/lineage/locators.h"
#include "analyzers/lineage/shell_operands.h"

#include <array>

namespace cupel::lineage {

namespace {

using Result = std::optional<Unpacked>;

std::string shownIn(const code::ShellCommand& entry)
{
    for (const auto& redirect : entry.redirects) {
        if (redirect.op != '<' && redirect.target != "/dev/null" && !redirect.target.starts_with('&')) {
            return redirect.target;
        }
    }
    return {};
}

// unzip a.zip -d folder
Result unzip(const code::ShellCommand& entry)
{
    const Operands given(entry, {"-d", "-x", "-P"});
    if (!given.known || given.words.empty() || entry.hasOption('l', "list") || entry.hasOption('t', "test")) {
        return {};
    }
    Unpacked out;
    out.from = given.words.front();
    out.from += extensionOf(out.from).empty() ? ".zip" : "";
    out.to = given.option({"-d"});
    if (entry.hasOption('p', "pipe") || entry.hasOption('c', "stdout")) {
        out.to = shownIn(entry);
        out.folder = false;
        return out.to.empty() ? Result() : out;
    }
    return out;
}

// tar -xzf a.tgz -C folder, tar xf a.tar; with nothing said it reads what is piped into it.
Result tar(const code::ShellCommand& entry)
{
    Operands given(entry, {"-C", "--directory"});
    const bool bare = !given.words.empty() && given.words.front().find_first_of("./") == std::string::npos;
    const auto letters = bare ? given.words.front() : std::string();
    given.words.erase(given.words.begin(), given.words.begin() + (bare ? 1 : 0));
    std::string named; // --file=a.tgz, --directory=folder
    std::string folder = given.option({"-C", "--directory"});
    for (const auto& word : entry.words) {
        const std::string_view text = word.text;
        named = text.starts_with("--file=") ? text.substr(7) : named;
        folder = text.starts_with("--directory=") ? text.substr(12) : folder;
    }
    const bool extracts =
        letters.find('x') != std::string::npos || entry.hasOption('x', "extract") || entry.hasOption('\0', "get");
    if (!extracts || !given.known) {
        return {};
    }
    Unpacked out;
    out.from = !named.empty() ? named : given.words.empty() || given.words.front() == "-" ? "" : given.words.front();
    out.to = folder;
    return out;
}

// 7z x a.7z -ofolder, unrar x a.rar folder/, unar -o folder a.rar
Result others(const code::ShellCommand& entry)
{
    const auto program = entry.program();
    Operands given(entry, {"-o", "-output-directory"});
    Unpacked out;
    if (program == "unar") {
        out.to = given.option({"-o", "-output-directory"});
    } else if (!given.take({"x", "e"})) {
        return {};
    }
    if (!given.known || given.words.empty()) {
        return {};
    }
    out.from = given.words.front();
    if (program == "unrar" && given.words.size() > 1 && given.words.back().ends_with('/')) {
        out.to = given.words.back();
    }
    for (const auto& word : entry.words) {
        if (program.starts_with("7z") && word.text.starts_with("-o") && word.text.size() > 2) {
            out.to = word.text.substr(2);
        }
    }
    return out;
}

// gunzip a.csv.gz leaves a.csv; zcat a.csv.gz > b.csv
Result single(const code::ShellCommand& entry)
{
    const auto program = entry.program();
    const bool shows = isOneOf(program, {"zcat", "gzcat", "bzcat", "xzcat", "zstdcat"})
        || entry.hasOption('c', "stdout") || entry.hasOption('\0', "to-stdout");
    const bool undoes = isOneOf(program, {"gunzip", "bunzip2", "unxz", "unlzma", "unzstd", "uncompress", "unpigz"});
    const Operands given(entry, {"-o"});
    if (!(shows || undoes || entry.hasOption('d', "decompress") || entry.hasOption('\0', "uncompress")) || !given.known
        || given.words.empty()) {
        return {};
    }
    Unpacked out;
    out.folder = false;
    out.from = given.words.front();
    out.to = given.option({"-o"});
    if (shows) {
        out.to = shownIn(entry);
    } else if (out.to.empty()) {
        constexpr std::array<std::string_view, 6> endings = {".gz", ".bz2", ".xz", ".lzma", ".zst", ".Z"};
        for (const auto ending : endings) {
            out.to = out.from.ends_with(ending) ? out.from.substr(0, out.from.size() - ending.size()) : out.to;
        }
        out.to = out.from.ends_with(".tgz") ? out.from.substr(0, out.from.size() - 4) + ".tar" : out.to;
    }
    return out.to.empty() || out.to == out.from ? Result() : out;
}

// python -m zipfile -e a.zip folder
Result python(const code::ShellCommand& entry)
{
    const Operands given(entry, {"-m", "-e", "--extract"});
    const auto module = given.option({"-m"});
    const auto archive = given.option({"-e", "--extract"});
    if (!isOneOf(std::string_view(module), {"zipfile", "tarfile"}) || archive.empty() || !given.known) {
        return {};
    }
    return Unpacked{archive, given.words.empty() ? std::string() : given.words.front(), true};
}

Result read(const code::ShellCommand& entry)
{
    const auto program = entry.program();
    if (isOneOf(program, {"unzip", "funzip"})) {
        return unzip(entry);
    }
    if (isOneOf(program, {"tar", "bsdtar", "gtar"})) {
        return tar(entry);
    }
    if (isOneOf(program, {"7z", "7za", "7zr", "7zz", "unrar", "rar", "unar"})) {
        return others(entry);
    }
    if (program.starts_with("python")) {
        return python(entry);
    }
    return isOneOf(program,
               {"gunzip", "gzip", "pigz", "unpigz", "zcat", "gzcat", "bunzip2", "bzip2", "bzcat", "xz", "unxz", "xzcat",
                   "lzma", "unlzma", "zstd", "unzstd", "zstdcat", "uncompress"})
        ? single(entry)
        : Result();
}

} // namespace

std::optional<Unpacked> unpackedBy(const code::ShellCommand& entry)
{
    auto out = read(entry);
    if (out && out->folder && out->to.empty()) {
        out->to = ".";
    }
    return out;
}

} // namespace cupel::lineage
