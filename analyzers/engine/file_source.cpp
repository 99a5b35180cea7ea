// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/file_source.h"

#include "analyzers/formats/name_promise.h"

#include "analyzers/engine/mapped_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cupel::engine {

namespace fs = std::filesystem;

namespace {

struct Descriptor {
    int fd = -1;
    ~Descriptor()
    {
        if (fd >= 0) {
            ::close(fd);
        }
    }
};

Error systemError(const char* what)
{
    const int code = errno;
    return {code == ENOENT ? ErrorCode::NotFound : ErrorCode::Unreadable, 0,
        std::string(what) + ": " + std::strerror(code)};
}

std::string whyNoFile(const fs::file_status& own, const fs::file_status& target)
{
    switch (own.type()) {
    case fs::file_type::symlink:
        return fs::is_directory(target)                 ? "a link to a folder, which is not followed"
            : target.type() == fs::file_type::not_found ? "a link that leads nowhere"
            : target.type() == fs::file_type::none      ? "a link that leads in a circle or cannot be followed"
                                                        : "a link to something that is no file";
    case fs::file_type::fifo:
        return "a named pipe, not a file";
    case fs::file_type::socket:
        return "a socket, not a file";
    case fs::file_type::block:
    case fs::file_type::character:
        return "a device, not a file";
    default:
        return "not a file";
    }
}

// What stands there when it is no file and no folder; empty: a name that nothing has, or a file.
std::string whyNotOpened(const std::string& path)
{
    std::error_code ignored;
    const auto own = fs::symlink_status(path, ignored);
    const auto target = fs::status(path, ignored);
    const bool broken =
        fs::is_symlink(own) && (target.type() == fs::file_type::not_found || target.type() == fs::file_type::none);
    const bool special = fs::is_other(own) || (fs::is_symlink(own) && fs::is_other(target));
    return broken || special ? whyNoFile(own, target) : std::string();
}

bool isVersionControl(const fs::path& name)
{
    return name == ".git" || name == ".hg" || name == ".svn";
}

// The size of a regular file that is within the limits.
Result<std::uint64_t> openRegular(const std::string& path, const Budget& budget, Descriptor& file)
{
    // O_NONBLOCK: a pipe that nobody writes to must not hang the scan.
    file.fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file.fd < 0) {
        auto error = systemError("cannot open the file");
        if (auto why = whyNotOpened(path); !why.empty()) {
            return Error{ErrorCode::Unreadable, 0, std::move(why)};
        }
        return error;
    }
    struct stat info{};
    if (::fstat(file.fd, &info) != 0) {
        return systemError("cannot read the file's size");
    }
    if (!S_ISREG(info.st_mode)) {
        auto why = whyNotOpened(path);
        return Error{ErrorCode::Unsupported, 0, why.empty() ? "not a regular file" : std::move(why)};
    }
    const auto size = static_cast<std::uint64_t>(info.st_size);
    if (size > budget.limits().fileBytes) {
        return Error{ErrorCode::TooLarge, 0,
            "the file is larger than the limit of " + std::to_string(budget.limits().fileBytes) + " bytes"};
    }
    return size;
}

Result<std::shared_ptr<const std::string>> readAll(const Descriptor& file, std::uint64_t size, Budget& budget)
{
    auto data = std::make_shared<std::string>();
    data->resize(size); // the size of a file that exists on this disk, not a number out of a file
    constexpr std::size_t chunk = 4 << 20;
    std::uint64_t at = 0;
    while (at < size) {
        const auto wanted = std::min<std::uint64_t>(chunk, size - at);
        const auto got = ::read(file.fd, data->data() + at, wanted);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return systemError("cannot read the file");
        }
        if (got == 0) {
            break; // it became shorter while we read; what is appended meanwhile belongs to the next scan
        }
        at += static_cast<std::uint64_t>(got);
        if (!budget.spend(static_cast<std::uint64_t>(got))) {
            return Error{ErrorCode::Cancelled, at, "reading was stopped"};
        }
    }
    data->resize(at);
    return std::shared_ptr<const std::string>(std::move(data));
}

} // namespace

Result<std::shared_ptr<const std::string>> readFile(const std::string& path, Budget& budget)
{
    Descriptor file;
    const auto size = openRegular(path, budget, file);
    if (!size) {
        return size.error();
    }
    return readAll(file, size.value(), budget);
}

Result<SharedBytes> openFile(const std::string& path, std::uint64_t mapFrom, Budget& budget)
{
    Descriptor file;
    const auto size = openRegular(path, budget, file);
    if (!size) {
        return size.error();
    }
    if (size.value() >= mapFrom) {
        if (auto mapped = mapFile(file.fd, size.value())) {
            return mapped;
        }
    }
    auto bytes = readAll(file, size.value(), budget);
    if (!bytes) {
        return bytes.error();
    }
    return SharedBytes(std::move(bytes).value());
}

std::string readPart(const std::string& path, ByteRange part, std::uint64_t most, Budget& budget)
{
    Descriptor file;
    const auto size = openRegular(path, budget, file);
    if (!size || part.start >= part.end || part.end > size.value() || part.size() > most) {
        return {};
    }
    std::string out(part.size(), '\0'); // of a file that has as much
    std::size_t at = 0;
    while (at < out.size() && budget.spend(64)) {
        const auto got = ::pread(file.fd, out.data() + at, out.size() - at, static_cast<off_t>(part.start + at));
        if (got == 0 || (got < 0 && errno != EINTR)) {
            break;
        }
        at += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    out.resize(at);
    return out;
}

bool isOwnFile(std::string_view relativePath)
{
    constexpr std::string_view names[] = {".cupel/decisions.jsonl", ".cupel/lineage.jsonl", ".cupel/threats.jsonl"};
    return std::any_of(std::begin(names), std::end(names), [relativePath](std::string_view name) {
        return relativePath == name
            || (relativePath.ends_with(name) && relativePath[relativePath.size() - name.size() - 1] == '/');
    });
}

bool globMatches(std::string_view pattern, std::string_view relativePath)
{
    const std::string glob(pattern);
    const std::string path(relativePath);
    if (glob.find('/') == std::string::npos) {
        for (std::size_t start = 0; start <= path.size();) {
            const auto end = std::min(path.find('/', start), path.size());
            if (::fnmatch(glob.c_str(), path.substr(start, end - start).c_str(), 0) == 0) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
    if (glob.starts_with("**/") && globMatches(glob.substr(3), path)) {
        return true;
    }
    return ::fnmatch(glob.c_str(), path.c_str(), glob.find("**") == std::string::npos ? FNM_PATHNAME : 0) == 0;
}

namespace {

void skip(Listing& listing, const std::string& path, std::string why)
{
    constexpr std::size_t maxSkipped = 1'000;
    if (listing.skipped.size() < maxSkipped) {
        listing.skipped.emplace_back(path, std::move(why));
    }
}

// The cache of Hugging Face has a folder of links for each revision, and what they lead to beside it: those files are
// what a loader of the folder opens.
bool isBlobOfSnapshot(std::string_view root, std::string_view target)
{
    constexpr std::string_view revisions = "/snapshots/";
    const auto model = root.rfind(revisions);
    return model != std::string_view::npos && target.starts_with(std::string(root.substr(0, model)) + "/blobs/");
}

// Whether somebody who loads or reads the folder would read a file of that name.
bool isLoaded(const fs::path& path)
{
    constexpr std::string_view data[] = {".bin", ".ckpt", ".dat", ".data", ".dill", ".joblib", ".model", ".p", ".py"};
    auto name = path.filename().string();
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    const auto* promise = formats::namePromise(name);
    return (promise && !promise->text)
        || std::any_of(std::begin(data), std::end(data), [&name](std::string_view end) { return name.ends_with(end); });
}

// Whoever looks for notebooks and models expects one there: what cannot be read is told, not passed over.
bool isExpected(const fs::path& path)
{
    return path.extension() == ".ipynb" || isLoaded(path);
}

// A link to a file is read when it stays below the argument: nothing outside was asked about.
void followLink(Listing& listing, const std::string& argument, const fs::directory_entry& entry)
{
    std::error_code ignored;
    const auto target = fs::weakly_canonical(entry.path(), ignored).string();
    const auto root = fs::weakly_canonical(argument, ignored).string() + "/";
    if (target.starts_with(root) || isBlobOfSnapshot(root, target)) {
        listing.files.push_back({entry.path().string(), entry.file_size(ignored)});
    } else if (isLoaded(entry.path())) {
        listing.failed.emplace_back(entry.path().string(),
            Error{ErrorCode::Unreadable, 0,
                "a link to a file outside of the folder was not followed: name that file to have it read"});
    } else {
        skip(listing, entry.path().string(), "a link to a file outside of the folder");
    }
}

} // namespace

Listing listFiles(const std::string& argument, const std::vector<std::string>& exclude, Budget& budget)
{
    Listing listing;
    std::error_code error;
    const auto status = fs::status(argument, error);
    if (!fs::is_directory(status)) {
        const auto size = fs::is_regular_file(status) ? fs::file_size(argument, error) : 0;
        listing.files.push_back({argument, error ? 0 : size});
        return listing;
    }
    const auto excluded = [&](const std::string& relative) {
        return std::any_of(
            exclude.begin(), exclude.end(), [&](const std::string& glob) { return globMatches(glob, relative); });
    };
    // An own stack instead of the recursive iterator: one unreadable folder must not end the walk.
    std::vector<std::string> folders{argument};
    while (!folders.empty() && budget.spend(256)) {
        const auto folder = std::move(folders.back());
        folders.pop_back();
        fs::directory_iterator entries(folder, error);
        if (error) {
            listing.failed.emplace_back(
                folder, Error{ErrorCode::Unreadable, 0, "cannot list the folder: " + error.message()});
            continue;
        }
        listing.folders.push_back(folder);
        for (const auto end = fs::directory_iterator(); entries != end; entries.increment(error)) {
            if (!budget.spend(256)) {
                break;
            }
            const auto path = entries->path().string();
            const auto relative =
                path.substr(std::min(path.size(), argument.size() + (argument.ends_with('/') ? 0 : 1)));
            std::error_code ignored;
            const auto kind = entries->symlink_status(ignored);
            if (excluded(relative) || isVersionControl(entries->path().filename())) {
                continue;
            }
            if (fs::is_directory(kind)) {
                folders.push_back(path);
            } else if (fs::is_regular_file(kind) && isOwnFile(relative)) {
                continue; // what people wrote in the window; all else in that folder is looked at
            } else if (fs::is_regular_file(kind)) {
                listing.files.push_back({path, entries->file_size(ignored)});
            } else if (fs::is_symlink(kind) && fs::is_regular_file(entries->status(ignored))) {
                followLink(listing, argument, *entries);
            } else if (auto why = whyNoFile(kind, entries->status(ignored)); isExpected(entries->path())) {
                listing.failed.emplace_back(path, Error{ErrorCode::Unreadable, 0, std::move(why)});
            } else {
                skip(listing, path, std::move(why));
            }
        }
        if (error) { // an iterator that fails becomes the end
            listing.failed.emplace_back(
                folder, Error{ErrorCode::Unreadable, 0, "cannot list the whole folder: " + error.message()});
        }
    }
    std::sort(listing.files.begin(), listing.files.end(),
        [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
    std::sort(listing.skipped.begin(), listing.skipped.end());
    return listing;
}

} // namespace cupel::engine
