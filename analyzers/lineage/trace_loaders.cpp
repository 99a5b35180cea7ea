// SPDX-License-Identifier: GPL-3.0-or-later
// Data modules of Lightning: a trainer asks them for loaders, once they were set up.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

// A class of one's own that has a loader of rows to learn from.
bool Trace::givesLoaders(Ref module)
{
    constexpr std::string_view loaders[] = {
        "train_dataloader", "val_dataloader", "test_dataloader", "predict_dataloader"};
    return at(module).kind == ThingKind::Object && at(module).local != none
        && std::any_of(
            std::begin(loaders), std::end(loaders), [&](auto name) { return findMethod(at(module).local, name) != 0; });
}

// What it gives as "train_dataloader", "val_dataloader" ... 0: it has no such method.
Ref Trace::loaderOf(Ref module, std::string_view which, std::uint32_t node)
{
    if (!givesLoaders(module)) {
        return 0;
    }
    if (m_setUp.insert(module).second) { // all of it: which stage is asked for, setup() decides by a constant
        (void)askOwn(module, "prepare_data", node);
        const auto stage = make(ThingKind::Unknown, node);
        (void)askOwn(module, "setup", node, stage);
    }
    return askOwn(module, which, node);
}

// fit(model, datamodule=dm), fit(model, dm), fit(model) of a model that has loaders itself. 0: none of them.
Ref Trace::loaderModule(const TraceCall& site, const ApiRow& row)
{
    if (!row.callee.starts_with("lightning.Trainer.")) {
        return 0;
    }
    for (const auto& argument : site.arguments) {
        const bool model = argument.name == "model" || &argument == &site.arguments.front();
        if (!model && givesLoaders(argument.value)) {
            return argument.value;
        }
    }
    const auto own = site.value(0, "model");
    return site.arguments.size() == 1 && givesLoaders(own) ? own : Ref{0};
}

void Trace::loadersFor(const TraceCall& site, const ApiRow& row, std::string_view which, std::vector<Ref>& data)
{
    if (const auto module = loaderModule(site, row); module != 0) {
        const auto loader = loaderOf(module, which, site.node);
        const auto given = at(loader).isSequence() ? at(loader).items : std::vector<Ref>{loader};
        data = loader != 0 ? given : std::vector<Ref>{};
    }
}

// The loader that the trainer watches the model on while it learns.
void Trace::watchLoader(const TraceCall& site, const ApiRow& row, Ref model, std::size_t before)
{
    const auto module = loaderModule(site, row);
    const auto loader = module != 0 ? loaderOf(module, "val_dataloader", site.node) : Ref{0};
    if (loader != 0) {
        watchHeldOut({"val_dataloader", loader, site.node}, Role::Validation, model, before, site.node);
    }
}

} // namespace cupel::lineage
