// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/torch_storage.h"

#include "analyzers/model/neighbours.h"

#include <string>
#include <string_view>

namespace cupel::formats {

bool isTorchStorage(const Artifact& artifact)
{
    const auto name = artifact.memberName();
    const auto slash = name.rfind('/');
    if (!artifact.beside || artifact.beside->members.empty() || slash == std::string_view::npos
        || slash + 1 == name.size()) {
        return false;
    }
    const auto folder = name.substr(0, slash);
    const bool numbered = name.find_first_not_of("0123456789", slash + 1) == std::string_view::npos;
    if (folder.ends_with(".data") && name.ends_with(".storage")) { // torch.package
        return true;
    }
    return numbered && artifact.beside->find(std::string(folder) + ".pkl");
}

} // namespace cupel::formats
