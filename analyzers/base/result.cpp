// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/result.h"

namespace cupel {

std::string_view toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound:
        return "not-found";
    case ErrorCode::Unreadable:
        return "unreadable";
    case ErrorCode::TooLarge:
        return "too-large";
    case ErrorCode::Malformed:
        return "malformed";
    case ErrorCode::Truncated:
        return "truncated";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::Encrypted:
        return "encrypted";
    case ErrorCode::LimitHit:
        return "limit-hit";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::Internal:
        return "internal";
    }
    return "internal";
}

} // namespace cupel
