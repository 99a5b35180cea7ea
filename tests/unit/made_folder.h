// SPDX-License-Identifier: GPL-3.0-or-later
// A new folder below the system's temporary one, gone again with its owner. Throws std::runtime_error when none can be
// made. Any thread.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace cupel::test {

class MadeFolder {
public:
    MadeFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "cupel-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no temporary folder: " + name);
        }
        m_path = name;
    }
    ~MadeFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    MadeFolder(const MadeFolder&) = delete;
    MadeFolder& operator=(const MadeFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace cupel::test
