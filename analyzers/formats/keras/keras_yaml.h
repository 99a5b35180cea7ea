// SPDX-License-Identifier: GPL-3.0-or-later
// Architectures that Keras wrote as YAML before version 2.6. Read by line, without resolving anything: a tag that makes
// objects, or a name that leads to code, is enough to know.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/model_parts.h"

namespace cupel::formats::keras {

[[nodiscard]] bool isKerasYaml(ByteView head);
void readKerasYaml(ModelParts& parts, Budget& budget);

} // namespace cupel::formats::keras
