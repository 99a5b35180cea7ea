// SPDX-License-Identifier: GPL-3.0-or-later
// Files for tests of triage: a notebook with findings and without credentials, and decisions as they were written.
#pragma once

#include "analyzers/review/decisions.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtTest/QTest>

namespace cupel::test {

inline QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

inline review::Decisions parsed(const QByteArray& text)
{
    std::vector<std::string> troubles;
    return review::Decisions::read(text.toStdString(), troubles);
}

// Shell lines that install and download: findings without any credential.
inline QByteArray notebook(const QByteArray& extra = {})
{
    return "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":1,\"id\":\"a1\",\"metadata\":{},\"outputs\":[],"
           "\"source\":[\"import torch, pickle, yaml\\n\",\"x = pickle.load(open('m.pkl', 'rb'))\\n\","
           "\"y = torch.load('m.pt')\\n\",\"z = yaml.load(open('c.yml'))\\n\",\"eval(input())\\n\",\"!pip install foo"
        + extra + "\"]}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}\n";
}

} // namespace cupel::test
