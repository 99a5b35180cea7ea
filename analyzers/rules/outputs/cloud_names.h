// SPDX-License-Identifier: GPL-3.0-or-later
// Names that clouds give to what somebody owns there: accounts in names of resources, buckets, groups of resources.
// Those of manuals and of public data sets say nothing about anybody. Pure.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <string_view>

namespace cupel::rules::outputs {

// The account in "arn:partition:service:region:account:resource" that begins at `at`; empty: none, or one of a manual.
struct AwsAccount {
    ByteRange id;
    bool image = false; // Amazon's own, that the image of a kernel is named after
};
[[nodiscard]] AwsAccount awsAccount(ByteView text, std::size_t at);

// The bucket whose name begins at `from`, behind "gs://"; empty: it is public, or of a manual.
[[nodiscard]] ByteRange privateBucket(ByteView text, std::size_t from);
// "/resourceGroups/NAME" at `at`, and "--resource-group NAME", whose first dash is at `at`: the name. Empty: none.
[[nodiscard]] ByteRange resourceGroup(ByteView text, std::size_t at);
// Whether it is put together of words that stand for another name: "my_bucket", "your-resource-group".
[[nodiscard]] bool isStandIn(std::string_view name);

} // namespace cupel::rules::outputs
