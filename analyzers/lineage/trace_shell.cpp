// SPDX-License-Identifier: GPL-3.0-or-later
// What lines for a shell bring in: downloads give files, copies other files, unpacking gives folders.
#include "analyzers/lineage/trace.h"

#include "analyzers/code/shell.h"
#include "analyzers/lineage/shell_archives.h"
#include "analyzers/lineage/shell_downloads.h"
#include "analyzers/lineage/shell_operands.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxMoved = 1'000; // files that one command copies

struct Moved {
    std::string from;
    std::string to; // may be empty: nobody says where
    std::string_view fromKind = "path";
    std::string_view toKind = "path";
    std::string_view why = "it is copied to this file";
    bool leaves = false; // it is no longer where it was
    std::string_view by = {}; // the program that put it there, where it is another one
};

std::string nameIn(std::string_view path)
{
    return std::string(path.substr(path.find_last_of('/') + 1));
}

std::vector<Moved> downloaded(const code::ShellCommand& entry, const code::ShellCommand* next)
{
    std::vector<Moved> out;
    for (auto& one : downloadsOf(entry, next)) {
        Moved moved;
        moved.fromKind = "url";
        moved.why = "it is downloaded to this file";
        moved.from = std::move(one.from);
        moved.to = std::move(one.to);
        out.push_back(std::move(moved));
    }
    return out;
}

// cp a b, mv a b folder/, aws s3 sync s3://a b
std::vector<Moved> copied(const code::ShellCommand& entry)
{
    const auto program = entry.program();
    Operands given(entry,
        {"--profile", "--region", "--exclude", "--include", "--endpoint-url", "--acl", "--storage-class", "-u", "-x"});
    const auto second = given.words.size() > 1 ? std::string_view(given.words[1]) : std::string_view();
    const bool tree = program == "rsync" || isOneOf(second, {"sync", "rsync"})
        || (program == "gsutil" && !given.words.empty() && given.words.front() == "rsync");
    const bool copies = isOneOf(program, {"cp", "mv", "ln", "rsync"})
        || (program == "gsutil" && given.take({"cp", "mv", "rsync"}))
        || (program == "aws" && given.take({"s3"}) && given.take({"cp", "mv", "sync"}))
        || (program == "gcloud" && given.take({"storage"}) && given.take({"cp", "mv", "rsync"}));
    if (!copies || !given.known || given.words.size() < 2 || given.words.size() > maxMoved) {
        return {};
    }
    const auto to = given.words.back();
    const bool all = tree || entry.hasOption('r', "recursive") || entry.hasOption('R', "recursive")
        || entry.hasOption('a', "archive");
    std::vector<Moved> out;
    for (std::size_t i = 0; i + 1 < given.words.size(); ++i) {
        Moved moved;
        moved.from = given.words[i];
        moved.leaves = program == "mv" || entry.has("mv");
        const auto name = nameIn(moved.from);
        const bool folder = to == "." || to.ends_with('/') || given.words.size() > 2
            || (extensionOf(to).empty() && !extensionOf(name).empty());
        moved.to = folder && !all && !name.empty() ? joinPath(to, name) : to;
        if (to.find("://") != std::string::npos) {
            moved.to = folder && !all ? to + (to.ends_with('/') ? "" : "/") + name : to;
        }
        moved.toKind = all || name.find('*') != std::string::npos ? "dir" : "path";
        moved.to = name.find('*') != std::string::npos ? to : moved.to;
        out.push_back(std::move(moved));
    }
    return out;
}

std::vector<Moved> unpacked(const code::ShellCommand& entry)
{
    const auto one = unpackedBy(entry);
    if (!one || one->from.empty()) {
        return {};
    }
    Moved moved;
    moved.from = one->from;
    moved.to = one->to;
    moved.toKind = one->folder ? "dir" : "path";
    moved.why = one->folder ? "it is unpacked into this folder" : "it is unpacked to this file";
    return {moved};
}

// curl address | tar xz -C folder
void unpackPiped(std::vector<Moved>& downloads, const code::ShellCommand& next)
{
    const auto one = unpackedBy(next);
    for (auto& moved : downloads) {
        if (one && one->from.empty() && moved.to.empty()) {
            moved.to = one->to;
            moved.toKind = "dir";
            moved.why = "it is unpacked into this folder";
            moved.by = next.program();
        }
    }
}

// kaggle datasets download -d owner/name -p folder, git clone address folder, huggingface-cli download owner/name
std::vector<Moved> fetched(const code::ShellCommand& entry)
{
    const auto program = entry.program();
    Operands given(entry,
        {"-d", "--dataset", "-c", "--competition", "-p", "--path", "-f", "--file", "--local-dir", "--repo-type",
            "--revision", "-b", "--branch", "--depth"});
    Moved moved;
    moved.toKind = "dir";
    moved.why = "it is downloaded to this folder";
    if (program == "git" && given.take({"clone"}) && !given.words.empty()) {
        moved.from = given.words.front();
        moved.fromKind = "url";
        auto name = nameIn(moved.from);
        name = name.ends_with(".git") ? name.substr(0, name.size() - 4) : name;
        moved.to = given.words.size() > 1 ? given.words[1] : name;
    } else if (program == "kaggle" && given.take({"datasets", "competitions", "d", "c"}) && given.take({"download"})) {
        moved.from = given.option({"-d", "--dataset", "-c", "--competition"});
        moved.from = moved.from.empty() && !given.words.empty() ? given.words.front() : moved.from;
        moved.fromKind = "dataset id";
        moved.to = given.option({"-p", "--path"});
    } else if ((program == "huggingface-cli" || program == "hf") && given.take({"download"}) && !given.words.empty()) {
        moved.from = given.words.front();
        moved.fromKind = given.option({"--repo-type"}) == "dataset" ? "dataset id" : "hub id";
        moved.to = given.option({"--local-dir"});
    }
    moved.to = moved.to == "." ? std::string() : moved.to;
    return moved.from.empty() || !given.known ? std::vector<Moved>{} : std::vector<Moved>{moved};
}

// `next`: what its output is piped into, or null.
std::vector<Moved> movedBy(const code::ShellCommand& entry, const code::ShellCommand* next)
{
    const auto program = entry.program();
    if (isOneOf(program, {"wget", "curl", "gdown"})) {
        auto out = downloaded(entry, next);
        if (next) {
            unpackPiped(out, *next);
        }
        return out;
    }
    if (auto out = unpacked(entry); !out.empty()) {
        return out;
    }
    if (isOneOf(program, {"git", "kaggle", "huggingface-cli", "hf"})) {
        return fetched(entry);
    }
    return isOneOf(program, {"cp", "mv", "ln", "rsync", "gsutil", "aws", "gcloud"}) ? copied(entry)
                                                                                    : std::vector<Moved>{};
}

} // namespace

void Trace::shell(std::string_view text, const Place& where, std::string base)
{
    noteStarts(text, base, where);
    const auto commands = code::readShell(text, m_budget);
    for (std::size_t i = 0; i < commands.size(); ++i) {
        const auto& entry = commands[i];
        const auto folder = entry.programAt() + 1;
        if (isOneOf(entry.program(), {"cd", "pushd"}) && folder < entry.words.size() && !entry.words[folder].dynamic) {
            base = joinPath(base, entry.words[folder].text);
        }
        const bool piped = i + 1 < commands.size() && commands[i + 1].join == code::ShellCommand::Join::Pipe;
        for (const auto& moved : movedBy(entry, piped ? &commands[i + 1] : nullptr)) {
            const auto api = "!" + std::string(moved.by.empty() ? entry.program() : moved.by);
            const auto origin = readLocator(moved.from, base, moved.fromKind, moved.fromKind == "hub id");
            const auto from = m_out.located(origin, api, where);
            if (!moved.leaves) {
                m_out.source(from, origin.kind, origin.value, where);
            }
            if (moved.to.empty()) {
                continue;
            }
            const auto target = readLocator(moved.to, base, moved.toKind, false);
            const auto to = m_out.located(target, api, where);
            m_out.edge(from, to, EdgeKind::Writes, "shell:" + api.substr(1), std::string(moved.why), where);
            if (moved.to != ".") { // it lies among all the rest
                m_out.sink(to, target.kind, target.value, where, {from});
            }
        }
    }
}

} // namespace cupel::lineage
