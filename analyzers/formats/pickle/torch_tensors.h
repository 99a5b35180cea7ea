// SPDX-License-Identifier: GPL-3.0-or-later
// Tensors of PyTorch and arrays of joblib and NumPy in a pickle, noted while the machine runs: what is rebuilt from
// which storage or stands between the opcodes, and under which keys it hangs. Objects are known by the offset of the
// opcode that made them, so that nothing depends on what the heap still holds. Owned by the walker of one file.
#pragma once

#include "analyzers/formats/pickle/op_reader.h"
#include "analyzers/formats/pickle/show.h"
#include "analyzers/model/neighbours.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cupel::formats::pickle {

struct ArrayBytes;

struct TorchType {
    std::string_view dtype; // "F32"; empty: no type of PyTorch
    std::uint64_t size = 0; // bytes of one element
};
[[nodiscard]] TorchType torchType(std::string_view storageClassOrType); // "torch.FloatStorage", "torch.float16"

class TorchTensors {
public:
    struct Storage {
        std::string key;
        TorchType type;
        std::uint64_t elements = 0;
        ByteRange asked; // the opcode that asks for it first
        ByteRange bytes; // where it stands in this file (legacy); empty: elsewhere
        [[nodiscard]] std::optional<std::uint64_t> size() const; // nothing: more than 2^64
    };

    // Events of the machine.
    void persistent(const Values& values, Value id, const Op& op);
    void called(const Values& values, Value made, const Op& op);
    // Before elements are added: pairs of keys and values, or values from index `first` on.
    void added(const Values& values, Value container, std::span<const Value> items, bool pairs, std::uint64_t first);
    void built(const Values& values, Value object, Value state);
    void array(const Values& values, Value object, const ArrayBytes& array); // whose bytes stand behind its state
    [[nodiscard]] bool wantsElements() const { return !m_paused && !m_tensors.empty(); }

    // Nothing is noted meanwhile: a stream that is read a second time.
    void pause(bool paused) { m_paused = paused; }
    [[nodiscard]] bool any() const { return !m_storages.empty() || !m_tensors.empty(); }
    [[nodiscard]] bool arrays() const { return m_joblib; }
    [[nodiscard]] bool ownArrays() const { return m_own; }
    [[nodiscard]] const std::vector<Storage>& storages() const { return m_storages; }
    [[nodiscard]] Storage* storage(const std::string& key);
    // Compares with the members beside: archive/data/<key> of archive/data.pkl.
    void compare(const Neighbours& beside, std::string_view member);
    // Everything that was seen, once the file is done.
    void fill(ModelContent& out, std::map<std::size_t, ByteRange>& texts); // `texts`: see PickleFacts
    void flaw(std::string_view code, ByteRange bytes, std::string detail)
    {
        m_flaws.addFlaw(code, bytes, std::move(detail));
    }

private:
    static constexpr std::size_t mostObjects = 400'000; // containers that hold tensors
    static constexpr std::uint64_t mostVisits = 20'000'000; // of elements of tuples, which can share each other

    struct Tensor {
        std::uint64_t at = 0; // of the opcode that made it
        std::int64_t storage = -1;
        std::string dtype;
        std::vector<std::uint64_t> shape;
        std::vector<std::uint64_t> strides; // empty: row by row
        ByteRange within; // its bytes in the storage; of an array in this file
        bool own = false; // an array that NumPy pickled by itself
        bool asText = false; // its bytes are a text in UTF-8, of which each character is a byte
    };
    struct Use {
        std::size_t tensor = 0;
        std::uint64_t parent = 0;
        std::string key;
    };
    struct Edge {
        std::uint64_t parent = 0;
        std::string key;
    };

    void note(std::uint64_t at, const ArrayBytes& array, bool own);
    [[nodiscard]] bool isLatin(const Values& values, const ArrayBytes& array);
    void ownArray(const Values& values, Value object, std::span<const Value> parts);
    void rebuilt(const Values& values, std::span<const Value> arguments, std::uint64_t at, ByteRange bytes, int form);
    void hang(const Values& values, Value value, std::uint64_t parent, const std::string& key, unsigned depth = 0);
    [[nodiscard]] std::int64_t tensorAt(std::uint64_t at) const;
    [[nodiscard]] std::string pathOf(std::uint64_t parent, const std::string& key) const;
    [[nodiscard]] int formOf(const Values& values, std::int32_t global);
    [[nodiscard]] ModelTensor unnamed(std::size_t tensor) const;
    [[nodiscard]] ModelTensor described(const Tensor& tensor, std::string name) const;

    std::vector<Tensor> m_tensors; // by offset
    std::uint64_t m_tensorCount = 0;
    std::vector<Use> m_uses;
    std::unordered_map<std::uint64_t, Edge> m_edges; // of containers that hold tensors
    std::unordered_set<std::uint64_t> m_holders;
    std::vector<Storage> m_storages;
    std::unordered_map<std::string, std::size_t> m_byKey;
    std::vector<int> m_forms; // by fact of the callee; -1: not looked at
    std::string m_folder = "data/"; // that storages stand in, beside the pickle
    ModelContent m_flaws;
    std::uint64_t m_visits = 0;
    std::uint64_t m_textRead = 0; // bytes of texts that are arrays
    bool m_paused = false;
    bool m_joblib = false; // there is an array of joblib
    bool m_own = false; // there is one that NumPy pickled by itself
};

} // namespace cupel::formats::pickle
