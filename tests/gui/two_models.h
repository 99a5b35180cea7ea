// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of a made model, with something of everything that a comparison tells: a member more and one less,
// tensors that came, went, changed and were renamed, words, a template, an invented token.
#pragma once

#include "tests/unit/rules/made.h"

#include <QtCore/QByteArray>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QtEndian>

#include <utility>
#include <vector>

namespace cupel::test {

inline bool writeBytes(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly)
        && file.write(bytes) == bytes.size();
}

// One tensor of F32 per name.
inline QByteArray tensorFile(
    const std::vector<std::pair<QByteArray, std::vector<float>>>& tensors, const QByteArray& metadata = {})
{
    QByteArray header = "{" + (metadata.isEmpty() ? QByteArray() : "\"__metadata__\":{" + metadata + "},");
    QByteArray data;
    for (const auto& [name, values] : tensors) {
        const auto start = data.size();
        for (const float value : values) {
            QByteArray four(4, '\0');
            qToLittleEndian(value, four.data());
            data += four;
        }
        header += "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[" + QByteArray::number(values.size())
            + "],\"data_offsets\":[" + QByteArray::number(start) + ',' + QByteArray::number(data.size()) + "]},";
    }
    header.back() = '}';
    QByteArray size(8, '\0');
    qToLittleEndian(static_cast<quint64>(header.size()), size.data());
    return size + header + data;
}

inline QByteArray inventedToken()
{
    Letters letters;
    return QByteArray::fromStdString(githubToken(letters));
}

inline bool writeTwoModels(const QString& before, const QString& now)
{
    const auto model = [](const QString& folder) { return folder + QStringLiteral("/model.safetensors"); };
    const auto words = [](const QString& folder) { return folder + QStringLiteral("/tokenizer_config.json"); };
    const QByteArray plain = "{\"model_max_length\": 512, \"chat_template\": \"{% for m in messages %}\\n{{ m.content "
                             "}}\\n{% endfor %}\"}\n";
    QByteArray other = plain;
    other.replace("{{ m.content }}", "{{ m.role }}: {{ m.content }}").replace("512", "2048");
    return writeBytes(model(before),
               tensorFile({{"encoder.weight", {1, 2, 3, 6}}, {"encoder.bias", {0.5F, 0.25F}}, {"head.old", {7, 8, 9}},
                              {"norm", {1, 1}}},
                   "\"author\":\"lab\",\"steps\":\"100\""))
        && writeBytes(model(now),
            tensorFile({{"encoder.weight", {1, 2, -3, 6}}, {"encoder.offset", {0.5F, 0.25F}}, {"head.new", {7, 8}},
                           {"norm", {1, 1}}},
                "\"author\":\"lab\",\"steps\":\"200\",\"hub\":\"" + inventedToken() + "\""))
        && writeBytes(words(before), plain) && writeBytes(words(now), other)
        && writeBytes(before + QStringLiteral("/merges.txt"), "a b\n")
        && writeBytes(now + QStringLiteral("/vocab.txt"), "a\nb\n");
}

} // namespace cupel::test
