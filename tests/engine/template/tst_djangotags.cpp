#include "engine/template/djangotags.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages::templates;

class TestDjangoTags : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tagsBelongToTheirModules();
    void onlyDefaultAndLoaderTagsAreBuiltin();
    void librariesAreFoundByTheNameThatIsLoaded();
    void stopWordsAreNoTags();
};

void TestDjangoTags::tagsBelongToTheirModules()
{
    QVERIFY(djangoTag("django.template.defaulttags", "if"));
    QVERIFY(!djangoTag("django.template.loader_tags", "if"));
    QVERIFY(!djangoTag("shop.templatetags.shop", "if"));
    QCOMPARE(djangoTag("django.templatetags.i18n", "blocktrans")->body, TagShape::Body::Message);
}

void TestDjangoTags::onlyDefaultAndLoaderTagsAreBuiltin()
{
    QVERIFY(djangoBuiltinTag("for") && djangoBuiltinTag("extends"));
    QVERIFY(!djangoBuiltinTag("trans") && !djangoBuiltinTag("static"));
}

void TestDjangoTags::librariesAreFoundByTheNameThatIsLoaded()
{
    QCOMPARE(djangoLibraryTag("i18n", "trans"), djangoTag("django.templatetags.i18n", "trans"));
    QVERIFY(djangoLibraryTag("admin_list", "result_list"));
    QVERIFY(!djangoLibraryTag("i18n", "if") && !djangoLibraryTag("defaulttags", "if")
            && !djangoLibraryTag("", "trans"));
}

void TestDjangoTags::stopWordsAreNoTags()
{
    for (const char *word : {"endif", "elif", "else", "empty", "endblock", "plural", "endcomment", "endpartialdef"})
        QVERIFY2(isDjangoStopWord(word) && !djangoBuiltinTag(word), word);
    QVERIFY(!isDjangoStopWord("if") && !isDjangoStopWord("endshop") && !isDjangoStopWord(""));
}

NUAGES_TEST(TestDjangoTags)
#include "tst_djangotags.moc"
