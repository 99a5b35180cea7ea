// SPDX-License-Identifier: GPL-3.0-or-later
// What no row can say of model files, because it hangs on a name or on neighbours: one pure function each.
#pragma once

#include "analyzers/rules/rule_set.h"

namespace cupel::rules::model {

// Something else than its name says: a program, a script, a page or plain text under the name of weights.
void disguised(const RuleInput& input, FindingSink& sink);
// Code of TorchScript that touches files, or that needs a library of its own.
void torchScript(const RuleInput& input, FindingSink& sink);
// Sources in an archive of torch.package: what runs when it is loaded.
void packagedCode(const RuleInput& input, FindingSink& sink);
// Python of a model's folder that a server or a library calls by its name.
void hubCode(const RuleInput& input, FindingSink& sink);
// What a configuration in an archive of NeMo makes it build, where no library is known to have it.
void nemoTargets(const RuleInput& input, FindingSink& sink);
// The manifest of a TorchServe archive: handlers are Python that the server runs.
void servedModel(const RuleInput& input, FindingSink& sink);

} // namespace cupel::rules::model
