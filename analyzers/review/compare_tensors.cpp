// SPDX-License-Identifier: GPL-3.0-or-later
// Tensors find each other by their name in the same file, then by their name anywhere: shards are cut anew, and a
// checkpoint becomes another format; what is left by its bytes: it was renamed. Elements are compared in windows.
#include "analyzers/base/hash.h"
#include "analyzers/formats/tensor_windows.h"
#include "analyzers/review/compare_model_steps.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace cupel::review {

namespace {

using formats::TensorWindows;

constexpr std::uint64_t window = 16'384; // elements

struct Ref {
    const FileChange* file = nullptr;
    const Analysis* analysis = nullptr;
    const ModelTensor* tensor = nullptr;
    std::string name; // as it is matched
    bool named = true; // the name means something outside of its file
};

// Of a file of NumPy in an archive its own name is that of the array.
Ref refOf(const FileChange& file, const Analysis& analysis, const ModelTensor& tensor)
{
    Ref out{&file, &analysis, &tensor, tensor.name, tensor.exactName};
    const auto own = analysis.artifact.fileName();
    if (!tensor.exactName && analysis.artifact.depth > 0 && own.ends_with(".npy")
        && analysis.facts.model->tensorCount == 1) {
        out.name = std::string(own.substr(0, own.size() - 4));
        out.named = true;
    }
    return out;
}

class Comparer {
public:
    Comparer(const std::vector<FileChange>& files, Masks& masks, Budget& budget, ModelComparison& out)
        : m_masks(masks)
        , m_budget(budget)
        , m_out(out)
    {
        std::uint64_t bytes = 0;
        for (const auto& file : files) {
            for (const auto* analysis : {file.before.get(), file.after.get()}) {
                if (analysis) {
                    (analysis == file.before.get() ? m_before : m_after).emplace(analysis->artifact.path, analysis);
                    bytes += analysis->artifact.view().size();
                    const auto* model = analysis->facts.model.get();
                    m_out.complete = m_out.complete && (!model || model->tensors.size() == model->tensorCount);
                }
            }
        }
        // Tensors may share their bytes, but not for ever.
        m_left = 8 * bytes + (std::uint64_t{64} << 20);
    }

    void run(const std::vector<FileChange>& files)
    {
        for (const auto& file : files) {
            auto before = refsOf(file, file.before, m_before);
            auto after = refsOf(file, file.after, m_after);
            match(before, after, false);
            m_gone.insert(m_gone.end(), before.begin(), before.end());
            m_fresh.insert(m_fresh.end(), after.begin(), after.end());
        }
        match(m_gone, m_fresh, true);
        findRenamed();
        for (const auto& ref : m_fresh) {
            m_out.tensors.push_back({ModelChange::Added, shownName(ref), {}, sideOf(ref), false, {}, {}});
        }
        for (const auto& ref : m_gone) {
            m_out.tensors.push_back({ModelChange::Removed, shownName(ref), sideOf(ref), {}, false, {}, {}});
        }
    }

private:
    using ByPath = std::map<std::string_view, const Analysis*>;

    std::vector<Ref> refsOf(const FileChange& file, const AnalysisPtr& analysis, const ByPath& paths)
    {
        std::vector<Ref> out;
        if (analysis && analysis->facts.model) {
            for (const auto& tensor : analysis->facts.model->tensors) {
                if (!isListedElsewhere(*analysis, tensor, paths)) {
                    out.push_back(refOf(file, *analysis, tensor));
                }
            }
        }
        return out;
    }

    // An index of a checkpoint names what the file beside it lists with its numbers: that is one variable, not two.
    bool isListedElsewhere(const Analysis& analysis, const ModelTensor& tensor, const ByPath& paths)
    {
        if (tensor.storedIn.empty()) {
            return false;
        }
        const auto& path = analysis.artifact.path;
        const auto holder = paths.find(path.substr(0, path.find_last_of("/!") + 1) + tensor.storedIn);
        if (holder == paths.end() || !holder->second->facts.model) {
            return false;
        }
        auto& names = m_names[holder->second];
        const auto& listed = holder->second->facts.model->tensors;
        if (names.empty()) {
            for (const auto& one : listed) {
                names.insert(one.name);
            }
        }
        return names.contains(tensor.name);
    }

    // Takes the pairs out of both lists.
    void match(std::vector<Ref>& before, std::vector<Ref>& after, bool anywhere)
    {
        std::multimap<std::string_view, std::size_t> old;
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (!anywhere || before[i].named) {
                old.emplace(before[i].name, i);
            }
        }
        std::vector<bool> taken(before.size());
        std::vector<Ref> left;
        for (auto& ref : after) {
            const auto hit = !anywhere || ref.named ? old.lower_bound(ref.name) : old.end();
            if (hit == old.end() || hit->first != ref.name) {
                left.push_back(std::move(ref));
                continue;
            }
            compare(before[hit->second], ref);
            taken[hit->second] = true;
            old.erase(hit);
        }
        after = std::move(left);
        drop(before, taken);
    }

    // By type, shape and order of bytes; of both sides, as indices into m_gone and m_fresh.
    using Form = std::tuple<std::string_view, std::vector<std::uint64_t>, formats::ByteOrder>;
    using Sides = std::array<std::vector<std::size_t>, 2>;

    // Tensors with another name and the same bytes. Where several hold the same bytes they pair in the order of their
    // files, and only when there are as many on both sides: else nobody can say which became which.
    void findRenamed()
    {
        std::map<Form, Sides> forms;
        const auto sort = [&forms](const std::vector<Ref>& list, std::size_t side, const ByPath& paths) {
            for (std::size_t i = 0; i < list.size(); ++i) {
                const auto& tensor = *list[i].tensor;
                if (elementCount(tensor.shape) > 0) {
                    forms[{tensor.dtype, tensor.shape, orderOf(list[i], paths)}][side].push_back(i);
                }
            }
        };
        if (m_gone.empty() || m_fresh.empty()) {
            return;
        }
        sort(m_gone, 0, m_before);
        sort(m_fresh, 1, m_after);
        std::vector<bool> goneTaken(m_gone.size());
        std::vector<bool> freshTaken(m_fresh.size());
        for (const auto& [form, sides] : forms) {
            if (sides[0].empty() || sides[1].empty()) {
                continue; // nothing to read
            }
            for (const auto& [digest, same] : byDigest(sides)) {
                for (std::size_t i = 0; same[0].size() == same[1].size() && i < same[0].size(); ++i) {
                    addRenamed(m_gone[same[0][i]], m_fresh[same[1][i]], digest);
                    goneTaken[same[0][i]] = true;
                    freshTaken[same[1][i]] = true;
                }
            }
        }
        drop(m_gone, goneTaken);
        drop(m_fresh, freshTaken);
    }

    // Empty when not all could be read: then no two of them can be told to be the only ones that are the same.
    std::map<std::string, Sides> byDigest(const Sides& sides)
    {
        std::map<std::string, Sides> out;
        for (std::size_t side = 0; side < 2; ++side) {
            for (const auto index : sides[side]) {
                auto source = side == 0 ? windowsOf(m_gone[index], m_before) : windowsOf(m_fresh[index], m_after);
                if (!source) {
                    continue;
                }
                Sha256Stream stream;
                for (auto part = source->next(window); !part.empty(); part = source->next(window)) {
                    if (!spend(part.size())) {
                        return {};
                    }
                    stream.add(part);
                }
                out[toHex(stream.finish())][side].push_back(index);
            }
        }
        return out;
    }

    void addRenamed(const Ref& before, const Ref& after, const std::string& digest)
    {
        TensorChange change{ModelChange::Renamed, shownName(after), sideOf(before), sideOf(after), false, {}, {}};
        change.was = shownName(before);
        change.before->sha256 = digest;
        change.after->sha256 = digest;
        m_out.tensors.push_back(std::move(change));
    }

    static void drop(std::vector<Ref>& list, const std::vector<bool>& taken)
    {
        std::vector<Ref> left;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!taken[i]) {
                left.push_back(std::move(list[i]));
            }
        }
        list = std::move(left);
    }

    std::string shownName(const Ref& ref) { return m_masks.shown(*ref.analysis, ref.name); }

    TensorSide sideOf(const Ref& ref)
    {
        return {m_masks.shown(*ref.analysis, ref.tensor->dtype), ref.tensor->shape, placeOf(*ref.file), {}};
    }

    void compare(const Ref& before, const Ref& after)
    {
        const auto& old = *before.tensor;
        const auto& now = *after.tensor;
        const bool form = old.dtype != now.dtype || old.shape != now.shape;
        TensorChange change{ModelChange::Changed, shownName(after), {}, {}, false, {}, {}};
        const auto left = windowsOf(before, m_before);
        const auto right = windowsOf(after, m_after);
        const bool known = left && right;
        if (known) {
            change.values = !equal(*left, *right);
        }
        if (!form && !change.values) {
            if (known) {
                auto side = sideOf(after);
                m_out.sameTensors.add({std::move(change.name), std::move(side.file), {}, std::move(side.dtype),
                    std::move(side.shape), 0});
                return;
            }
            ++m_out.notCompared;
            m_out.lost += left && !right ? 1 : 0;
            return;
        }
        change.before = sideOf(before);
        change.after = sideOf(after);
        if (known) {
            measure(*left, *right, before, after, change);
        }
        m_out.tensors.push_back(std::move(change));
    }

    static formats::ByteOrder orderOf(const Ref& ref, const ByPath& paths)
    {
        const auto* told = neighbour(ref, paths, "byteorder");
        return formats::byteOrderOf(*ref.analysis->facts.model, told ? told->artifact.view() : ByteView());
    }

    static const Analysis* neighbour(const Ref& ref, const ByPath& paths, std::string_view name)
    {
        const std::string_view path = ref.analysis->artifact.path;
        const auto cut = path.find_last_of("/!");
        std::string wanted(path.substr(0, cut == std::string_view::npos ? 0 : cut + 1));
        const auto found = paths.find(wanted.append(name));
        return found == paths.end() ? nullptr : found->second;
    }

    // nullopt: its bytes are not here, or not all of them.
    static std::optional<TensorWindows> windowsOf(const Ref& ref, const ByPath& paths)
    {
        const auto& tensor = *ref.tensor;
        const auto* holder = tensor.storedIn.empty() ? ref.analysis : neighbour(ref, paths, tensor.storedIn);
        if (!holder || (tensor.bytes.empty() && elementCount(tensor.shape) > 0)) {
            return std::nullopt;
        }
        const auto source = slice(holder->artifact.view(), tensor.bytes);
        const auto width = formats::bitsOf(tensor.dtype) / 8;
        auto out = width > 0 ? TensorWindows(source, tensor.shape, tensor.strides, width)
                             : TensorWindows(source, {tensor.bytes.size()}, {}, 1);
        return out.valid() ? std::optional(std::move(out)) : std::nullopt;
    }

    bool spend(std::uint64_t bytes)
    {
        const bool fine = bytes <= m_left && m_budget.spend(bytes);
        m_left -= std::min(m_left, bytes);
        m_out.complete = m_out.complete && fine;
        return fine;
    }

    bool equal(TensorWindows left, TensorWindows right)
    {
        while (true) {
            const auto a = left.next(window);
            const auto b = right.next(window);
            if (a != b) {
                return false;
            }
            if (a.empty() || !spend(a.size())) {
                return true;
            }
        }
    }

    void measure(TensorWindows left, TensorWindows right, const Ref& before, const Ref& after, TensorChange& change)
    {
        formats::DifferenceCounter counter({before.tensor->dtype, orderOf(before, m_before)},
            {after.tensor->dtype, orderOf(after, m_after)}, before.tensor->shape == after.tensor->shape);
        Sha256Stream old;
        Sha256Stream now;
        while (true) {
            const auto a = left.next(window);
            const auto b = right.next(window);
            if (a.empty() && b.empty()) {
                break;
            }
            if (!spend(a.size() + b.size())) {
                return;
            }
            old.add(a);
            now.add(b);
            counter.add(a, b);
        }
        change.before->sha256 = toHex(old.finish());
        change.after->sha256 = toHex(now.finish());
        if (counter.result().before.known || counter.result().after.known) {
            change.difference = counter.result();
        }
    }

    Masks& m_masks;
    Budget& m_budget;
    ModelComparison& m_out;
    ByPath m_before;
    ByPath m_after;
    std::map<const Analysis*, std::set<std::string_view>> m_names; // of tensors, of files that hold those of others
    std::vector<Ref> m_gone;
    std::vector<Ref> m_fresh;
    std::uint64_t m_left = 0; // bytes that may still be compared
};

} // namespace

void compareTensors(const std::vector<FileChange>& files, Masks& masks, Budget& budget, ModelComparison& out)
{
    Comparer(files, masks, budget, out).run(files);
}

} // namespace cupel::review
