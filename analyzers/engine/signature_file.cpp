// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/signature_file.h"

#include <array>
#include <string_view>

#include <sys/stat.h>

namespace cupel::engine {

namespace {

// Of OpenPGP, Sigstore (bundles of its clients are named both ways), minisign, CMS, SSH.
constexpr std::array<std::string_view, 8> endings{
    ".sig", ".asc", ".sigstore", ".sigstore.json", ".bundle", ".minisig", ".p7s", ".sshsig"};
// For all files of a folder, as the tools of OpenSSF Model Signing write them.
constexpr std::array<std::string_view, 4> ofTheFolder{
    "model.sig", "model.sigstore", "model.sigstore.json", "model.bundle"};

bool isFile(const std::string& path)
{
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

} // namespace

std::string signatureBeside(const std::string& file)
{
    const auto slash = file.rfind('/');
    const auto folder = slash == std::string::npos ? std::string() : file.substr(0, slash + 1);
    const auto name = file.substr(folder.size());
    for (const auto ending : endings) {
        if (isFile(file + std::string(ending))) {
            return name + std::string(ending);
        }
    }
    for (const auto one : ofTheFolder) {
        if (one != name && isFile(folder + std::string(one))) {
            return std::string(one);
        }
    }
    return {};
}

} // namespace cupel::engine
