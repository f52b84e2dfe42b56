#include "tests/support/testmain.h"
#include "tests/ui/inspector/inspectorrun.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QImageWriter>
#include <QJsonDocument>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int goldenStep = 16; // of 256: colours are kept in steps of so many, which makes the files small
constexpr int tolerance = goldenStep / 2 + 2; // in each channel
constexpr double mostOthers = 0.0005; // of all pixels may differ by more: about one word

/// NUAGES_GOLDENS=write writes the pictures and what they were drawn with, instead of comparing.
bool writesGoldens() { return qEnvironmentVariable("NUAGES_GOLDENS") == u"write"_s; }

QString goldenPath(const QString &name) { return QStringLiteral(NUAGES_GOLDENS "/") + name; }

QImage inSteps(const QImage &image)
{
    QImage result = image.convertToFormat(QImage::Format_RGB32);
    const auto step = [](int value) { return std::min(255, (value + goldenStep / 2) / goldenStep * goldenStep); };
    for (int y = 0; y < result.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(result.scanLine(y));
        for (int x = 0; x < result.width(); ++x)
            line[x] = qRgb(step(qRed(line[x])), step(qGreen(line[x])), step(qBlue(line[x])));
    }
    return result;
}

bool differs(QRgb left, QRgb right)
{
    return std::abs(qRed(left) - qRed(right)) > tolerance || std::abs(qGreen(left) - qGreen(right)) > tolerance
        || std::abs(qBlue(left) - qBlue(right)) > tolerance;
}

/// How many pixels of two pictures of one size are too far apart.
qint64 pixelsApart(const QImage &left, const QImage &right)
{
    qint64 count = 0;
    for (int y = 0; y < left.height(); ++y) {
        for (int x = 0; x < left.width(); ++x)
            count += differs(left.pixel(x, y), right.pixel(x, y));
    }
    return count;
}

void writeObject(const QString &path, const QJsonObject &object)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(object).toJson());
}

/// The outcomes of the demo's edit are drawn in their colours, on panes of the theme.
QStringList missingFrom(const QImage &image, bool isDark)
{
    const QStringList wanted = isDark
        ? QStringList{u"#212529"_s, u"#191c20"_s, u"#ff8a5b"_s, u"#e9b44c"_s, u"#63b3ed"_s, u"#7d8893"_s, u"#c79bf2"_s}
        : QStringList{u"#ffffff"_s, u"#f3f4f6"_s, u"#c8501e"_s, u"#2b7bb9"_s};
    QSet<QRgb> found;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            found << (image.pixel(x, y) & 0xffffff);
    }
    QStringList missing;
    std::ranges::copy_if(wanted, std::back_inserter(missing),
                         [&](const QString &name) { return !found.contains(QColor(name).rgb() & 0xffffff); });
    return missing;
}

} // namespace

/// The whole window, pixel by pixel, with made times: light and dark, on screens of three sizes, and on a fine one.
class TestGoldens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWindowLooksAsItDid_data();
    void theWindowLooksAsItDid();
};

void TestGoldens::theWindowLooksAsItDid_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("scale");
    for (const QString &theme : {u"light"_s, u"dark"_s}) {
        for (const QSize size : {QSize(1280, 800), QSize(1600, 1000), QSize(2560, 1440)})
            QTest::addRow("%s-%dx%d", qPrintable(theme), size.width(), size.height()) << theme << size << 1;
    }
}

void TestGoldens::theWindowLooksAsItDid()
{
    QFETCH(const QString, theme);
    QFETCH(const QSize, size);
    QFETCH(const int, scale);
    QTemporaryDir scratch;
    const QString picture = scratch.filePath(u"p.png"_s);
    const QString dump = scratch.filePath(u"s.json"_s);
    const InspectorRun run =
        runInspector({QStringLiteral(NUAGES_DEMO), u"--script"_s, QStringLiteral(NUAGES_DEMO_SCRIPT), u"--made-times"_s,
                      u"--theme"_s, theme, u"--width"_s, QString::number(size.width()), u"--height"_s,
                      QString::number(size.height()), u"--screenshot"_s, picture, u"--dump-state"_s, dump},
                     scratch.path(), scale);
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const QImage image(picture);
    QCOMPARE(image.size(), size * scale);
    QCOMPARE(missingFrom(image, theme == u"dark"_s), QStringList());

    const QString name = QString::fromUtf8(QTest::currentDataTag()) + u".png"_s;
    const QString golden = goldenPath(name);
    const QJsonObject drawnWith = objectIn(dump)[u"drawnWith"_s].toObject();
    if (writesGoldens()) {
        QImageWriter writer(golden);
        writer.setQuality(0); // as small as can be
        QVERIFY2(writer.write(inSteps(image)), qPrintable(writer.errorString()));
        writeObject(goldenPath(u"drawn-with.json"_s), drawnWith);
        return;
    }
    if (drawnWith != objectIn(goldenPath(u"drawn-with.json"_s))) {
        qInfo().noquote() << "drawn with" << QJsonDocument(drawnWith).toJson(QJsonDocument::Compact)
                          << "and not with what the goldens were: only the structure of the picture is tested";
        return;
    }
    const QImage expected(golden);
    QVERIFY2(expected.size() == image.size(), qPrintable(golden));
    const qint64 apart = pixelsApart(image, expected);
    if (double(apart) > mostOthers * double(image.width()) * image.height()) {
        const QString kept = QDir::temp().filePath(u"nuages-"_s + name);
        QFile::remove(kept);
        QFile::copy(picture, kept);
        QFAIL(qPrintable(u"%1 pixels differ from %2; see %3"_s.arg(apart).arg(golden, kept)));
    }
}

NUAGES_TEST(TestGoldens)
#include "tst_goldens.moc"
