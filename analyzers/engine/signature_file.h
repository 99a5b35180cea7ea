// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a signature lies beside a model: by its name only. Nothing is verified, and nothing of it is read.
#pragma once

#include <string>

namespace cupel::engine {

// The name of the first there is: the file's own with .sig, .asc, .sigstore and the like behind it, or one for its
// whole folder (model.sig). Empty: there is none. Looks at the names on disk; any thread.
[[nodiscard]] std::string signatureBeside(const std::string& file);

} // namespace cupel::engine
