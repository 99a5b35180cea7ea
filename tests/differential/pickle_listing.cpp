// SPDX-License-Identifier: GPL-3.0-or-later
// The other side of pickle_differential.py: reads programs (u32 length, bytes) from the standard input and writes one
// line for each: opcodes and end from reading alone; kind, end and calls from the machine; names; why it failed.
#include "analyzers/formats/pickle/machine.h"

#include <cstdio>
#include <iostream>
#include <string>

using namespace cupel;
using namespace cupel::formats;

namespace {

void list(const std::string& bytes)
{
    pickle::Op op;
    std::uint64_t opcodes = 0;
    std::uint64_t at = 0;
    long long end = -1;
    while (pickle::readOp(bytes, at, op) == pickle::ReadResult::Ok) {
        ++opcodes;
        at = op.end;
        if (op.code == pickle::Code::Stop) {
            end = static_cast<long long>(at);
            break;
        }
    }
    PickleFacts facts;
    pickle::Recorder recorder(bytes, facts);
    Budget budget;
    pickle::Machine machine(bytes, recorder, budget, {});
    const auto result = machine.run(0, true);
    const bool stopped = result.kind == pickle::StreamEnd::Kind::Stop;
    std::printf("%llu %lld\x1e%s %llu %llu\x1e", static_cast<unsigned long long>(opcodes), end, stopped ? "S" : "F",
        static_cast<unsigned long long>(result.at), static_cast<unsigned long long>(facts.callCount));
    for (const auto& global : facts.globals) {
        std::printf("%s\x1d%s\x1f", global.module.c_str(), global.name.c_str());
    }
    std::printf("\x1e%s\n", std::string(result.problem).c_str());
}

} // namespace

int main()
{
    while (true) {
        unsigned char length[4];
        if (!std::cin.read(reinterpret_cast<char*>(length), 4)) {
            return 0;
        }
        std::string bytes(
            length[0] | (length[1] << 8) | (length[2] << 16) | (static_cast<unsigned>(length[3]) << 24), 0);
        if (!std::cin.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
            return 1;
        }
        list(bytes);
    }
}
