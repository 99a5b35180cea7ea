// SPDX-License-Identifier: GPL-3.0-or-later
// What looks like a credential and is none: placeholders, DNA, parts of base64 images, digests, values read from
// elsewhere.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/rules/secrets/secret_row.h"

namespace cupel::rules::secrets {

[[nodiscard]] double shannonEntropy(ByteView text); // bits per character
// Words such as "example" or "your_key": never a credential.
[[nodiscard]] bool isPlaceholder(ByteView secret, bool generic);
// Runs of one character or of the alphabet ("aaaaaaaa", "1234567890"): a sample, most of the time.
[[nodiscard]] bool looksMadeUp(ByteView secret);
// Words with separators, as in a path or the name of a page: "how-to-use/automated-learning".
[[nodiscard]] bool isSlug(ByteView secret);
// A number drawn at random to name something: a UUID, with or without the mark of what it names.
[[nodiscard]] bool isRandomId(ByteView secret);
[[nodiscard]] bool isSequenceData(ByteView secret); // DNA or protein letters only
// True when the secret is a stretch of a much longer base64 or hex run (an image, a font, a digest list).
[[nodiscard]] bool isInsideBlob(ByteView text, ByteRange secret);
// "password = os.environ[...]", "token = getpass()", "{{ token }}": read at run time, nothing leaks.
[[nodiscard]] bool isReference(ByteView secret);

// Whether the place, in a line of code, is inside a comment or a string: words there are words, not names.
[[nodiscard]] bool standsInWords(ByteView text, std::uint64_t at);

} // namespace cupel::rules::secrets
