// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/secret_row.h"

namespace cupel::rules::secrets {

namespace {
#include "secret_rows.inc"
} // namespace

const char* SecretTexts::text()
{
    return generatedPool;
}
std::span<const SecretRow> rows()
{
    return generatedRows;
}
std::span<const Literal> literals()
{
    return generatedLiterals;
}
std::span<const std::uint16_t> literalRows()
{
    return generatedLiteralRows;
}
std::string_view literalDatabase()
{
    return {reinterpret_cast<const char*>(generatedDatabase), generatedDatabaseSize};
}

} // namespace cupel::rules::secrets
