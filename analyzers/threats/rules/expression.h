// SPDX-License-Identifier: GPL-3.0-or-later
// The language in which rules ask a threat model: small, without side effects, and as safe as the data it stands in.
//
//     origin in (public, unknown) and not hash_pinned          attributes of the element or flow the rule looks at
//     flow.protocol = http and flow.target.kind = notebook     flow.source, flow.target, zone.trust, self, a.b.c
//     classification >= confidential                           public < internal < confidential < restricted; numbers
//     any input (kind = dataset and pii)                       any, all, no over input, output, flow, upstream,
//                                                              downstream, element
//     path(reads_untrusted to can_send_out)                    some element leads to another along flows
//     crosses(internet), crosses()                             flows over the border of a kind of zone, of any zone
//     finding(nb.secret.*)                                     a finding of this type hangs on the element
//
// An attribute that is not known is neither true nor false. `not x` of an unknown x holds, because unknown is never
// safe; what holds only because of that is Assumed, and says so.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/threats/threat_model.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

class ModelIndex;

enum class Truth : std::uint8_t { False, Unknown, Assumed, True };

struct Verdict {
    Truth truth = Truth::False;
    std::vector<Reason> reasons; // without repeats, at most 32
};

class Expression {
public:
    // Errors say the byte of the text.
    static Result<Expression> parse(std::string_view text);

    // Of an element or a flow of the model; nullptr: of the model as a whole. `owner` is what "self." means where a
    // flow is looked at for an element.
    [[nodiscard]] Verdict holds(
        const ModelIndex& model, const DiagramPart* self, const DiagramPart* owner = nullptr) const;

    struct Node;

private:
    std::shared_ptr<const std::vector<Node>> m_nodes; // [0] is the top
    friend class ExpressionParser;
    friend class Question;
};

// The same condition asked of many parts of one model, without its reasons: what several parts have in common is found
// out once. Neither the expression nor the index may change meanwhile.
class Question {
public:
    Question(const Expression& expression, const ModelIndex& model);
    ~Question();
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;

    [[nodiscard]] Truth truth(const DiagramPart* self, const DiagramPart* owner = nullptr);
    [[nodiscard]] std::size_t steps() const; // conditions and flows looked at so far

private:
    struct Known;
    std::unique_ptr<Known> m_known;
};

} // namespace cupel::threats
