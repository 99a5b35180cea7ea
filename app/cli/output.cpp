// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "analyzers/engine/mapped_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cupel::cli {

namespace {

std::string reason(int error)
{
    return std::strerror(error);
}

class DescriptorOutput : public Output {
public:
    DescriptorOutput(int fd, std::string name, bool owned)
        : m_fd(fd)
        , m_name(std::move(name))
        , m_owned(owned)
    {
    }
    DescriptorOutput(const DescriptorOutput&) = delete;
    DescriptorOutput& operator=(const DescriptorOutput&) = delete;
    ~DescriptorOutput() override { closeFile(); }

    bool failed() const override { return m_error != 0; }
    std::string finish() override
    {
        if (m_error == 0 && closeFile() != 0) {
            m_error = errno;
        }
        return m_error == 0 || m_error == EPIPE ? std::string() : "cannot write " + m_name + ": " + reason(m_error);
    }

protected:
    void write(std::string_view text) override
    {
        while (m_error == 0 && !text.empty()) {
            if (const auto copied = engine::copyMapped(text, m_fd); copied > 0) {
                text.remove_prefix(copied);
                continue;
            }
            const ssize_t written = ::write(m_fd, text.data(), text.size());
            if (written >= 0) {
                text.remove_prefix(static_cast<std::size_t>(written));
            } else if (errno != EINTR) {
                m_error = errno;
            }
        }
    }
    int closeFile()
    {
        const int result = m_owned && m_fd >= 0 ? ::close(m_fd) : 0;
        m_fd = m_owned ? -1 : m_fd;
        return result;
    }

    int m_fd;
    std::string m_name;
    bool m_owned;
    int m_error = 0;
};

class AtomicOutput : public DescriptorOutput {
public:
    AtomicOutput(int fd, std::string temporary, std::string target, std::string name)
        : DescriptorOutput(fd, std::move(name), true)
        , m_temporary(std::move(temporary))
        , m_target(std::move(target))
    {
    }
    ~AtomicOutput() override
    {
        if (!m_done) {
            ::unlink(m_temporary.c_str());
        }
    }
    std::string finish() override
    {
        if (m_error == 0 && ::fsync(m_fd) != 0 && errno != EINVAL && errno != EROFS) {
            m_error = errno;
        }
        std::string error = DescriptorOutput::finish();
        if (error.empty() && ::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
            error = "cannot write " + m_name + ": " + reason(errno);
        }
        m_done = error.empty();
        return error;
    }

protected:
    // The disk begins with what is there: at the end, where all of it has to be on the disk, little is left to wait
    // for.
    void write(std::string_view text) override
    {
        constexpr std::uint64_t step = 32 << 20;
        DescriptorOutput::write(text);
        m_written += text.size();
        if (m_written - m_begun >= step) {
            ::sync_file_range(
                m_fd, static_cast<off64_t>(m_begun), static_cast<off64_t>(m_written - m_begun), SYNC_FILE_RANGE_WRITE);
            m_begun = m_written;
        }
    }

private:
    std::string m_temporary;
    std::string m_target;
    std::uint64_t m_written = 0;
    std::uint64_t m_begun = 0; // so far the disk was told
    bool m_done = false;
};

// The file a chain of symbolic links ends at, so that a link stays a link.
std::string resolved(const std::string& path)
{
    char* real = ::realpath(path.c_str(), nullptr);
    std::string out = real ? real : path;
    std::free(real);
    return out;
}

std::string folderOf(const std::string& path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

mode_t creationMode()
{
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

} // namespace

report::TextSink Output::sink()
{
    return [this](std::string_view text) { write(text); };
}

std::unique_ptr<Output> standardOutput()
{
    return std::make_unique<DescriptorOutput>(STDOUT_FILENO, "the standard output", false);
}

std::string cannotWrite(const std::string& path)
{
    const std::string lead = "cannot write '" + path + "': ";
    const std::string target = resolved(path);
    struct stat info{};
    if (::stat(target.c_str(), &info) == 0) {
        if (S_ISDIR(info.st_mode)) {
            return lead + "it is a folder";
        }
        if (::access(target.c_str(), W_OK) != 0) {
            return lead + reason(errno);
        }
        if (!S_ISREG(info.st_mode)) {
            return {};
        }
    }
    if (::access(folderOf(target).c_str(), W_OK | X_OK) != 0) {
        return lead + "its folder: " + reason(errno);
    }
    return {};
}

std::string cannotWrite(const std::string& path, const std::vector<std::string>& inputs)
{
    struct stat target{};
    const bool exists = ::stat(path.c_str(), &target) == 0 && S_ISREG(target.st_mode);
    const bool isInput = exists && std::any_of(inputs.begin(), inputs.end(), [&target](const std::string& input) {
        struct stat info{};
        return ::stat(input.c_str(), &info) == 0 && info.st_dev == target.st_dev && info.st_ino == target.st_ino;
    });
    return isInput ? "cannot write '" + path + "': it is the file that is looked at" : cannotWrite(path);
}

std::unique_ptr<Output> fileOutput(const std::string& path, std::string& error)
{
    error = cannotWrite(path);
    if (!error.empty()) {
        return nullptr;
    }
    const std::string name = "'" + path + "'";
    const std::string target = resolved(path);
    struct stat info{};
    const bool exists = ::stat(target.c_str(), &info) == 0;
    const bool special = exists && !S_ISREG(info.st_mode);
    std::string temporary = folderOf(target) + "/.cupel-XXXXXX";
    const int fd = special ? ::open(target.c_str(), O_WRONLY | O_CLOEXEC) : ::mkostemp(temporary.data(), O_CLOEXEC);
    if (fd < 0) {
        error = "cannot write " + name + ": " + reason(errno);
        return nullptr;
    }
    if (special) {
        return std::make_unique<DescriptorOutput>(fd, name, true);
    }
    if (::fchmod(fd, exists ? info.st_mode & 07777 : creationMode()) != 0) {
        errno = 0; // a file system without permissions: the file keeps the tight ones of mkostemp
    }
    return std::make_unique<AtomicOutput>(fd, temporary, target, name);
}

} // namespace cupel::cli
