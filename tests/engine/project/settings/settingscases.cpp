#include "tests/engine/project/settings/settingscases.h"

namespace nuages::tests {

namespace {

// Written as in most projects, before the line that a row is about.
#define LOADERS(list)                                                                                                  \
    "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'OPTIONS': {\n'loaders': [" list      \
    "]}}]\n"
#define OWN_LOADER "from django.template.loaders import app_directories, filesystem\n"
#define ENGINE                                                                                                         \
    "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': [], 'APP_DIRS': True}]\n"

const std::vector<SettingsCase> cases = {
    // Literals
    {"a list", "INSTALLED_APPS = ['shop', \"blog\", '''news''']\n", "apps: shop blog news\n"},
    {"a tuple", "INSTALLED_APPS = 'shop', 'blog',\n", "apps: shop blog\n"},
    {"nothing at all", "", ""},
    {"strings put together by the parser",
     "INSTALLED_APPS = ['sh' 'op', ('bl'\n 'og'), r'a\\b', 'caf\\u00e9', f'{{x}}']\n",
     "apps: shop blog a\\b caf\303\251 {x}\n"},
    {"bound in one statement with others", "A = INSTALLED_APPS = ['shop']\nB, C = 1, 2\nA += ['blog']\n",
     "apps: shop blog\n"},
    {"annotated", "INSTALLED_APPS: list[str] = ['shop']\nOTHER: int\n", "apps: shop\n"},
    {"taken apart", "(A, *B), C = (['shop'], ['blog'], ['news']), ['wiki']\nINSTALLED_APPS = A + B[0] + B[1] + C\n",
     "apps: shop blog news wiki\n"},
    {"spread", "LOCAL = ['shop']\nINSTALLED_APPS = ['a', *LOCAL, *('b', 'c')]\n", "apps: a shop b c\n"},

    // List surgery
    {"sum of lists", "A = ['a']\nB = ('b',)\nINSTALLED_APPS = A + list(B) + ['c'] * 2\n", "apps: a b c c\n"},
    {"in place", "INSTALLED_APPS = ['a']\nINSTALLED_APPS += ['b']\nINSTALLED_APPS += ('c',)\n", "apps: a b c\n"},
    {"a tuple grows by a new one",
     "INSTALLED_APPS = ('a',)\nOLD = INSTALLED_APPS\nINSTALLED_APPS += ('b',)\nINSTALLED_APPS += OLD\n",
     "apps: a b a\n"},
    {"append, extend, insert",
     "INSTALLED_APPS = ['a']\nINSTALLED_APPS.append('z')\nINSTALLED_APPS.extend(('b', 'c'))\n"
     "INSTALLED_APPS.insert(0, 'first')\nINSTALLED_APPS.insert(-1, 'c-')\nINSTALLED_APPS.insert(99, 'last')\n",
     "apps: first a z b c- c last\n"},
    {"remove, pop, del",
     "INSTALLED_APPS = ['a', 'b', 'c', 'd', 'e']\nINSTALLED_APPS.remove('b')\nINSTALLED_APPS.pop()\n"
     "INSTALLED_APPS.pop(0)\ndel INSTALLED_APPS[0]\n",
     "apps: d\n"},
    {"before another", "INSTALLED_APPS = ['a', 'b']\nINSTALLED_APPS.insert(INSTALLED_APPS.index('b'), 'x')\n",
     "apps: a x b\n"},
    {"sorted and reversed",
     "INSTALLED_APPS = ['b', 'c', 'a']\nINSTALLED_APPS.sort()\nINSTALLED_APPS.reverse()\n"
     "INSTALLED_APPS = INSTALLED_APPS + sorted(['z', 'y'], reverse=True) + list(reversed(['n', 'm']))\n",
     "apps: c b a z y m n\n"},
    {"slices", "X = ['a', 'b', 'c', 'd', 'e']\nINSTALLED_APPS = X[1:3] + X[-1:] + X[::-2] + X[:1]\n",
     "apps: b c e e c a a\n"},
    {"slice replaced",
     "INSTALLED_APPS = ['a', 'b', 'c']\nINSTALLED_APPS[1:2] = ['x', 'y']\nINSTALLED_APPS[:0] = ['first']\n"
     "INSTALLED_APPS[-1] = 'last'\n",
     "apps: first a x y last\n"},
    {"one list under two names", "A = ['a']\nINSTALLED_APPS = A\nB = list(A)\nA.append('b')\nB.append('c')\n",
     "apps: a b\n"},
    {"comprehension",
     "X = ['shop', 'blog', 'tests']\nINSTALLED_APPS = ['my.' + x for x in X if x != 'tests'] + "
     "[a + '.' + b for a in 'pq' for b in ('r', 's')]\n",
     "apps: my.shop my.blog p.r p.s q.r q.s\n"},
    {"set difference", "INSTALLED_APPS = sorted(set(['a', 'b', 'c']) - {'b'})\n", "apps: a c\n"},
    {"each once",
     "from itertools import chain\nINSTALLED_APPS = list(dict.fromkeys(['b', 'a', 'b'])) + list(chain(['c'], "
     "*[['d']])) + "
     "list(chain.from_iterable([['e'], ('f',)]))\n",
     "apps: b a c d e f\n"},
    {"loop",
     "INSTALLED_APPS = []\nfor i, name in enumerate(['shop', 'blog', 'stop', 'never']):\n    if name == 'stop':\n      "
     "  break\n"
     "    if i == 0:\n        continue\n    INSTALLED_APPS.append('%s.%d' % (name, i))\nelse:\n    "
     "INSTALLED_APPS.append('else')\n",
     "apps: blog.1\n"},
    {"while", "INSTALLED_APPS = []\nn = 0\nwhile n < 3:\n    INSTALLED_APPS.append('app{}'.format(n))\n    n += 1\n",
     "apps: app0 app1 app2\n"},
    {"texts",
     "A = 'shop, blog ,news'\nINSTALLED_APPS = [x.strip() for x in A.split(',')] + ['.'.join(['a', 'b']), 'X'.lower(), "
     "'a-b'.replace('-', '_'), 'p.q.r'.rsplit('.', 1)[0], '{0}.{name}'.format('k', name='v')]\n",
     "apps: shop blog news a.b x a_b p.q k.v\n"},
    {"dictionary of apps",
     "APPS = {'shop': 1, 'blog': 0}\nAPPS.update(news=1)\nAPPS['wiki'] = 1\nAPPS.pop('shop')\nAPPS.setdefault('faq', "
     "2)\n"
     "INSTALLED_APPS = [name for name, on in APPS.items() if on] + list(APPS)\n",
     "apps: news wiki faq blog news wiki faq\n"},

    // Functions of the project
    {"a function that returns a list",
     "def apps(extra, *more, sep='.', **rest):\n    result = ['base' + sep + extra]\n    for m in more:\n"
     "        result.append(m)\n    return result + list(rest)\nINSTALLED_APPS = apps('x', 'y', z=1)\n",
     "apps: base.x y z\n"},
    {"a function that changes its argument",
     "def configure(apps):\n    apps.append('added')\nINSTALLED_APPS = ['a']\nconfigure(INSTALLED_APPS)\n",
     "apps: a added\n"},
    {"a function that does not",
     "def configure(apps):\n    return [a.upper() for a in apps]\nINSTALLED_APPS = ['a']\nconfigure(INSTALLED_APPS)\n",
     "apps: a\n"},
    {"a function of another module",
     "from tools import configure\nINSTALLED_APPS = configure(['a'])\n",
     "apps: a tool\n",
     {{"project/tools.py", "NAME = 'tool'\ndef configure(apps):\n    return apps + [NAME]\n"}}},
    {"recursion", "def f(n):\n    return ['a'] * n if n < 2 else f(n - 1) + ['b']\nINSTALLED_APPS = f(3)\n",
     "apps: a b b\n"},
    {"lambda, map, filter", "INSTALLED_APPS = list(map(lambda x: 'p.' + x, filter(None, ['a', '', 'b'])))\n",
     "apps: p.a p.b\n"},
    {"globals", "globals()['INSTALLED_APPS'] = ['a']\nglobals().update({'B': ['b']})\nINSTALLED_APPS += B\n",
     "apps: a b\n"},
    {"global statement",
     "INSTALLED_APPS = ['a']\ndef more():\n    global INSTALLED_APPS\n    INSTALLED_APPS = INSTALLED_APPS + "
     "['b']\nmore()\n",
     "apps: a b\n"},
    {"class as a namespace",
     "class Apps:\n    LOCAL = ['a']\nclass More(Apps):\n    EXTRA = Apps.LOCAL + ['b']\nINSTALLED_APPS = More.LOCAL + "
     "More.EXTRA\n",
     "apps: a a b\n"},

    // Paths
    {"BASE_DIR /",
     "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent\nTEMPLATES = [{'BACKEND': "
     "'django.template.backends.django.DjangoTemplates', 'DIRS': [BASE_DIR / 'templates', BASE_DIR.joinpath('a', 'b'), "
     "str(BASE_DIR / 'c'), "
     "BASE_DIR.parents[0] / 'up']}]\n",
     "dirs: templates a/b c /up\n"},
    {"os.path",
     "import os\nROOT = os.path.dirname(os.path.abspath(__file__))\nP = os.path\nTEMPLATES = [{'BACKEND': "
     "'django.template.backends.django.DjangoTemplates', 'DIRS': [os.path.join(ROOT, 'a', 'b/'), "
     "P.normpath(P.join(ROOT, '..', 'x')), "
     "os.path.realpath(ROOT + '/c'), P.join(ROOT, '/abs'), P.join(P.split(__file__)[0], 'd')]}]\n",
     "dirs: a/b /x c /abs d\n"},
    {"environ.Path",
     "import environ\nROOT = environ.Path(__file__) - 1\nTEMPLATES = [{'BACKEND': "
     "'django.template.backends.django.DjangoTemplates', 'DIRS': [str(ROOT.path('templates')), ROOT('x')]}]\n",
     "dirs: templates x\n",
     {{"site/environ/__init__.py", "from environ.environ import *\n"},
      {"site/environ/environ.py",
       "import os\nclass Path:\n    def __init__(self, start='', *paths):\n        self.__root__ = "
       "os.path.abspath(os.path.join(start, *paths))\n"
       "    def path(self, *paths):\n        return Path(self.__root__, *paths)\n    __call__ = lambda self, *p: "
       "os.path.join(self.__root__, *p)\n"
       "    def __sub__(self, n):\n        p = self.__root__\n        for _ in range(n):\n            p = "
       "os.path.dirname(p)\n        return Path(p)\n"
       "    def __str__(self):\n        return self.__root__\n"}}},
    {"a folder that is there",
     "import os\nfrom pathlib import Path\nHERE = Path(__file__).parent\nINSTALLED_APPS = ['a']\n"
     "if (HERE / 'extra').is_dir():\n    INSTALLED_APPS.append('extra')\nif os.path.exists(str(HERE / 'nothing')):\n   "
     " INSTALLED_APPS.append('nothing')\n"
     "INSTALLED_APPS += sorted(n for n in os.listdir(HERE / 'extra') if n.endswith('_app'))\n",
     "apps: a extra x_app y_app\n",
     {{"project/extra/x_app/__init__.py", ""}, {"project/extra/y_app/__init__.py", ""}, {"project/extra/readme", ""}}},
    {"a folder relative to nothing", ENGINE "TEMPLATES[0]['DIRS'] = ['templates', 'a/../b']\n",
     "dirs: templates b\napp_dirs: yes\n"},
    {"sys.path",
     "import sys, os\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), 'apps'))\nfrom shopconf import "
     "APPS\nINSTALLED_APPS = APPS\n",
     "apps: shop\n",
     {{"project/apps/shopconf.py", "APPS = ['shop']\n"}}},

    // Template engines
    {"index assignment",
     ENGINE "TEMPLATES[0]['DIRS'] = ['/a']\nTEMPLATES[0]['DIRS'].append('/b')\nTEMPLATES[-1]['DIRS'] += ['/c']\n",
     "dirs: /a /b /c\napp_dirs: yes\n"},
    {"options",
     ENGINE
     "TEMPLATES[0]['OPTIONS'] = {'context_processors': []}\nTEMPLATES[0]['OPTIONS']['libraries'] = {'a': 'p.a'}\n"
     "TEMPLATES[0]['OPTIONS'].setdefault('builtins', "
     "[]).append('p.b')\nTEMPLATES[0]['OPTIONS']['libraries'].update({'c': 'p.c'})\n",
     "app_dirs: yes\nlibraries: a=p.a c=p.c\nbuiltins: p.b\n"},
    {"a dictionary made by dict()",
     "OPTIONS = dict(libraries=dict(x='p.x'))\nTEMPLATES = "
     "[dict(BACKEND='django.template.backends.django.DjangoTemplates', OPTIONS=OPTIONS)]\n",
     "libraries: x=p.x\n"},
    {"merged dictionaries",
     "BASE = {'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': False}\nTEMPLATES = [{**BASE, "
     "'APP_DIRS': True, "
     "'OPTIONS': {'libraries': {'a': 'p.a'} | {'b': 'p.b'}}}]\n",
     "app_dirs: yes\nlibraries: a=p.a b=p.b\n"},
    {"loaders",
     "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', \n'OPTIONS': {'loaders': ["
     "('django.template.loaders.cached.Loader', ['django.template.loaders.app_directories.Loader', "
     "('django.template.loaders.filesystem.Loader', ['/own'])]), ('django.template.loaders.locmem.Loader', {'a.html': "
     "''})]}}]\n",
     "loaders: django.template.loaders.app_directories.Loader django.template.loaders.filesystem.Loader[/own] "
     "django.template.loaders.locmem.Loader<a.html>\n"},
    {"a loader of one's own",
     "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'OPTIONS': {\n'loaders': "
     "['my.Loader']}}]\n",
     "loaders: my.Loader\nopen loaders: settings.py:2: the loader my.Loader may find any template\n"},
    {"a loader that is Django's by another name",
     LOADERS("'my.Files', 'my.Apps'"),
     "loaders: my.Files my.Apps\n",
     {{"project/my.py",
       OWN_LOADER "class Files(filesystem.Loader):\n    'As it is.'\nclass Apps(app_directories.Loader):\n"
                  "    is_usable = True\n    def our_own(self): return 1\n"}}},
    {"a loader that finds more than Django's",
     LOADERS("'my.Files', 'my.Apps'"),
     "loaders: my.Files my.Apps\n"
     "open loaders: settings.py:2: the loader my.Apps may find more than "
     "django.template.loaders.app_directories.Loader, its base\n"
     "open loaders: settings.py:2: the loader my.Files may find more than django.template.loaders.filesystem.Loader, "
     "its base\n",
     {{"project/my.py",
       OWN_LOADER "class Files(filesystem.Loader):\n    def get_dirs(self): return ['/x']\n"
                  "class Base(app_directories.Loader):\n    def __init__(self, *a): pass\nclass Apps(Base): pass\n"}}},
    {"a loader that something else changes",
     LOADERS("'my.A', 'my.B', 'my.C', 'my.D'"),
     "loaders: my.A my.B my.C my.D\n"
     "open loaders: settings.py:2: the loader my.A may find any template\n"
     "open loaders: settings.py:2: the loader my.B may find any template\n"
     "open loaders: settings.py:2: the loader my.C may find any template\n"
     "open loaders: settings.py:2: the loader my.D may find more than django.template.loaders.filesystem.Loader, its "
     "base\n",
     {{"project/my.py",
       OWN_LOADER "import nowhere\nclass A(filesystem.Loader, metaclass=nowhere.M): pass\n@nowhere.better\n"
                  "class B(filesystem.Loader): pass\nclass C(filesystem.Loader): pass\n"
                  "for each in dir(nowhere): setattr(C, each, 1)\nclass D(filesystem.Loader): pass\n"
                  "D.get_dirs = lambda self: ['/x']\n"}}},
    {"deepcopy",
     ENGINE "import copy\nB = copy.deepcopy(TEMPLATES)\nB[0]['DIRS'].append('/b')\nC = "
            "TEMPLATES.copy()\nC[0]['DIRS'].append('/c')\n",
     "dirs: /c\napp_dirs: yes\n"},

    // Branches
    {"decided",
     "DEBUG = True\nINSTALLED_APPS = ['a'] if not DEBUG else ['b']\nif DEBUG and 'b' in INSTALLED_APPS:\n    "
     "INSTALLED_APPS += ['c']\n"
     "elif DEBUG:\n    INSTALLED_APPS += ['d']\nelse:\n    INSTALLED_APPS += ['e']\n",
     "apps: b c\n"},
    {"undecided",
     "import sys\nINSTALLED_APPS = ['a', 'z']\nif sys.platform == 'win32':\n    INSTALLED_APPS.insert(1, 'w')\nelif "
     "'test' in sys.argv:\n"
     "    INSTALLED_APPS.append('t')\nelse:\n    INSTALLED_APPS = INSTALLED_APPS + ['e']\nINSTALLED_APPS += ['last']\n",
     "apps: a? w? z? t? last? e?\n"},
    {"one of two by a condition that is not known",
     "import socket\nINSTALLED_APPS = ['a', 'x' if socket.gethostname() else 'y']\nINSTALLED_APPS += ['b'] if "
     "socket.gethostname() == 'c' else ['c'] if socket.gethostname() else []\n",
     "apps: a x? y? b? c?\n"},
    {"one of two in the old way",
     "import socket\nINSTALLED_APPS = ['a'] + (socket.gethostname() == 'x' and ['b'] or [])\n"
     "INSTALLED_APPS += (socket.gethostname() and len(INSTALLED_APPS) > 3 and ['c']) or ['d']\n",
     "apps: a b? c? d?\n"},
    {"a condition that adds something itself",
     "import socket\nINSTALLED_APPS = ['a'] + (socket.names() and [])\nINSTALLED_APPS += socket.names() or ['b']\n",
     "apps: a b?\nopen apps: settings.py:2: socket.names() is known only when the program runs\nopen apps: "
     "settings.py:3: socket.names() is known only when the program runs\n"},
    {"nothing that is left out",
     "import os, socket\nINSTALLED_APPS = [x for x in ['a', os.environ.get('EXTRA'), 'b' if socket.gethostname() else "
     "None] if x]\nINSTALLED_APPS += filter(None, ['c', os.environ.get('MORE'), 'd' if socket.gethostname() else "
     "''])\n",
     "apps: a b? c d?\nopen apps if set: settings.py:2: the environment variable EXTRA is not set\nopen apps if set: "
     "settings.py:3: the environment variable MORE is not set\n"},
    {"a default that is left out or kept",
     "import os\nINSTALLED_APPS = [x for x in ['a', os.environ.get('ONE', 'one'), os.environ.get('TWO', 'two')] if x "
     "!= "
     "'two']\n",
     "apps: a one\n"},
    {"two folders",
     "import sys\nTEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': ['/a' if "
     "sys.argv else '/b']}]\n",
     "dirs: /a? /b?\n"},
    {"the version of Django",
     "import django\nINSTALLED_APPS = ['a']\nif django.VERSION >= (4, 0):\n    INSTALLED_APPS.append('new')\nif "
     "django.VERSION[:2] == (3, 2):\n"
     "    INSTALLED_APPS.append('old')\n",
     "apps: a new\n"},
    {"an exception ends the branch",
     "import os\nINSTALLED_APPS = ['a']\nif os.environ.get('MODE') == 'x':\n    INSTALLED_APPS = ['wrong']\n    raise "
     "ValueError('no')\n",
     "apps: a\n"},
    {"a match statement",
     "import sys\nINSTALLED_APPS = ['a']\nmatch sys.platform:\n    case 'linux':\n        INSTALLED_APPS.append('l')\n "
     "   case _:\n        pass\n",
     "apps: a l?\n"},

    // Imports
    {"import that fails here",
     "INSTALLED_APPS = ['a']\ntry:\n    import debug_toolbar\n    INSTALLED_APPS.append('debug_toolbar')\nexcept "
     "ImportError:\n    pass\n",
     "apps: a\n"},
    {"import that works here",
     "INSTALLED_APPS = ['a']\ntry:\n    import toolbar\nexcept ImportError:\n    "
     "INSTALLED_APPS.append('none')\nelse:\n    INSTALLED_APPS.append('toolbar')\n"
     "finally:\n    INSTALLED_APPS.append('end')\n",
     "apps: a toolbar end\n",
     {{"site/toolbar.py", ""}}},
    {"a name that is not in the module",
     "try:\n    from toolbar import nothing\n    INSTALLED_APPS = ['wrong']\nexcept (ImportError, KeyError):\n    "
     "INSTALLED_APPS = ['right']\n",
     "apps: right\n",
     {{"site/toolbar.py", "something = 1\n"}}},
    {"local settings that are not there",
     "INSTALLED_APPS = ['a']\ntry:\n    from local_settings import *\nexcept ImportError:\n    pass\n", "apps: a\n"},
    {"contextlib.suppress",
     "import contextlib\nINSTALLED_APPS = ['a']\nwith contextlib.suppress(ImportError):\n    from local_settings "
     "import *\n    INSTALLED_APPS += ['b']\n",
     "apps: a\n"},
    {"find_spec",
     "from importlib.util import find_spec\nINSTALLED_APPS = ['a']\nif find_spec('toolbar'):\n    "
     "INSTALLED_APPS.append('toolbar')\nif find_spec('missing') is not None:\n"
     "    INSTALLED_APPS.append('missing')\n",
     "apps: a toolbar\n",
     {{"site/toolbar.py", ""}}},
    {"split settings",
     "from conf.dev import *\nINSTALLED_APPS += ['c']\n",
     "apps: a b c\n",
     {{"project/conf/__init__.py", ""},
      {"project/conf/base.py", "INSTALLED_APPS = ['a']\n_x = 1\n"},
      {"project/conf/dev.py",
       "from .base import *\nfrom . import base\nINSTALLED_APPS = base.INSTALLED_APPS + ['b']\n"}}},
    {"__all__",
     "from conf import *\nINSTALLED_APPS = APPS + (['hidden'] if 'HIDDEN' in globals() else [])\n",
     "apps: a\n",
     {{"project/conf.py", "__all__ = ['APPS']\nAPPS = ['a']\nHIDDEN = 1\n"}}},
    {"a package with defaults",
     "from oscar.defaults import *\nINSTALLED_APPS = ['a'] + OSCAR_APPS\n",
     "apps: a oscar\n",
     {{"site/oscar/__init__.py", ""},
      {"site/oscar/defaults.py",
       "from django.utils.translation import gettext_lazy as _\nOSCAR_APPS = ['oscar']\nTITLE = _('Shop')\n"},
      {"site/django/utils/__init__.py", ""},
      {"site/django/utils/translation.py", "def gettext_lazy(x):\n    return x\n"}}},
    {"imported under another name",
     "import conf.base as b\nimport conf.base\nfrom conf.base import APPS as A\nINSTALLED_APPS = b.APPS + "
     "conf.base.APPS + A\n",
     "apps: a a a\n",
     {{"project/conf/base.py", "APPS = ['a']\n"}}},
    {"imported as it is",
     "from conf import INSTALLED_APPS\n",
     "apps: a\n",
     {{"project/conf.py", "INSTALLED_APPS = ['a']\n"}}},
    {"global_settings",
     "from django.conf import global_settings\nINSTALLED_APPS = [code for code, name in global_settings.LANGUAGES]\n",
     "apps: en\n"},
    {"django-split-settings",
     "from split_settings.tools import include, optional\ninclude('parts/apps.py', optional('parts/none.py'), "
     "'more/*.py')\nINSTALLED_APPS += ['end']\n",
     "apps: a b c end\n",
     {{"project/parts/apps.py", "INSTALLED_APPS = ['a']\n"},
      {"project/more/1.py", "INSTALLED_APPS += ['b']\n"},
      {"project/more/2.py", "INSTALLED_APPS.append('c')\n"},
      {"site/split_settings/__init__.py", ""},
      {"site/split_settings/tools.py",
       "import glob, inspect, os\ndef optional(name):\n    return name\ndef include(*names):\n"
       "    scope = inspect.stack()[1].frame.f_globals\n    for name in names:\n        for path in "
       "sorted(glob.glob(os.path.join(os.path.dirname(scope['__file__']), name))):\n"
       "            exec(open(path).read(), scope)\n"}}},
    {"modules that import each other",
     "from conf import *\nINSTALLED_APPS = A + B\n",
     "apps: a b\n",
     {{"project/conf.py", "A = ['a']\nfrom other import *\n"},
      {"project/other.py", "from conf import A\nB = ['b']\n"}}},

    // The environment
    {"a variable with a default", "import os\nINSTALLED_APPS = ['a', os.environ.get('EXTRA', 'extra')]\n",
     "apps: a extra\n"},
    {"a default that is empty", "import os\nINSTALLED_APPS = ['a'] + os.environ.get('MORE', '').split(',')\n",
     "apps: a\nopen apps if set: settings.py:2: the environment variable MORE is not set\n"},
    {"a default of nothing in a filtered list",
     "import os\nMORE = os.getenv('MORE', default='')\n"
     "INSTALLED_APPS = ['a', *[x.strip() for x in MORE.split(',') if x.strip()]]\n",
     "apps: a\nopen apps if set: settings.py:2: the environment variable MORE is not set\n"},
    {"a default that is split", "import os\nINSTALLED_APPS = ['a'] + os.environ.get('MORE', 'b,c').split(',')\n",
     "apps: a b c\n"},
    {"a default of another name",
     "import os\nMORE = os.environ.get('MORE') or os.environ.get('OTHER') or 'b c'\nINSTALLED_APPS = ['a'] + "
     "MORE.split()\n",
     "apps: a b c\n"},
    {"a default that chooses nothing",
     "import os\nSETS = {'none': [], 'all': ['b']}\nINSTALLED_APPS = ['a'] + SETS[os.environ.get('APPS', 'none')]\n",
     "apps: a\nopen apps if set: settings.py:3: the environment variable APPS is not set\n"},
    {"a default that chooses",
     "import os\nSETS = {'none': [], 'all': ['b']}\nINSTALLED_APPS = ['a'] + SETS[os.environ.get('APPS', 'all')]\n",
     "apps: a b\n"},
    {"only with a variable",
     "import os\nINSTALLED_APPS = ['a']\nif os.environ.get('MORE'):\n    INSTALLED_APPS += "
     "os.environ['MORE'].split(':')\n",
     "apps: a\nopen apps if set: settings.py:4: the environment variable MORE is not set\n"},
    {"only if it is there",
     "import os\nINSTALLED_APPS = ['a']\nif 'MORE' in os.environ:\n    INSTALLED_APPS += "
     "os.environ['MORE'].split(':')\nif 'LESS' not in os.environ:\n    INSTALLED_APPS.append('b')\n",
     "apps: a b?\nopen apps if set: settings.py:4: the environment variable MORE is not set\n"},
    {"a branch for another value",
     "import os\nINSTALLED_APPS = ['a']\nMODE = os.environ.get('MODE', 'dev')\nif MODE.lower() == 'live':\n"
     "    INSTALLED_APPS += os.environ['LIVE'].split()\nelse:\n    INSTALLED_APPS.append('d')\n",
     "apps: a d?\n"},
    {"a branch by a number",
     "import os\nINSTALLED_APPS = ['a']\nif not bool(int(os.environ.get('DEBUG', '1'))):\n    INSTALLED_APPS += "
     "open('/live/apps').read().split()\n",
     "apps: a\n"},
    {"a default of a function of the project",
     "import os\ndef env(name, default=''):\n    return os.environ.get(name, default)\n"
     "INSTALLED_APPS = ['a', env('B', 'b')] + env('MORE').split()\n",
     "apps: a b\nopen apps if set: settings.py:3: the environment variable MORE is not set\n"},
    {"builtins by an unset variable",
     "import os\n" ENGINE "TEMPLATES[0]['OPTIONS'] = {'builtins': os.environ.get('TAGS', '').split()}\n",
     "app_dirs: yes\nopen builtins if set: settings.py:3: the environment variable TAGS is not set\n"},
    {"a variable set by a default",
     "import os\nos.environ.setdefault('B', 'b')\nos.environ['C'] = 'c'\nINSTALLED_APPS = [os.environ['B'], "
     "os.environ['C']]\n",
     "apps: b c\n"},
    {"a handler gives the default",
     "import os\ntry:\n    MORE = os.environ['MORE'].split(',')\nexcept KeyError:\n    MORE = ['m']\n"
     "INSTALLED_APPS = ['a'] + MORE\n",
     "apps: a m?\n"},
    {"a handler gives nothing",
     "import os\nINSTALLED_APPS = ['a']\ntry:\n    INSTALLED_APPS += os.environ['MORE'].split(',')\n"
     "except LookupError:\n    pass\n",
     "apps: a\nopen apps if set: settings.py:4: the environment variable MORE is not set\n"},
    {"a handler for a variable that is set",
     "import os\nINSTALLED_APPS = ['a']\ntry:\n    INSTALLED_APPS += os.environ['SET'].split('_')\n"
     "except KeyError:\n    INSTALLED_APPS.append('b')\n",
     "apps: a set here\n"},
    {"a handler around more than the variable",
     "import os\nINSTALLED_APPS = ['a']\ntry:\n    os.environ['TOOLS']\nexcept KeyError:\n    pass\nelse:\n"
     "    INSTALLED_APPS.append('tools')\n",
     "apps: a tools?\n"},
    {"a handler in a function of the project",
     "import os\ndef env(name, default=''):\n    try:\n        return os.environ[name]\n    except KeyError:\n"
     "        return default\nINSTALLED_APPS = ['a'] + env('B', 'b').split() + env('MORE').split()\n",
     "apps: a b\nopen apps if set: settings.py:4: the environment variable MORE is not set\n"},
    {"a handler that only says so",
     "import os\ndef env(name):\n    try:\n        return os.environ[name]\n    except KeyError as error:\n"
     "        print(name)\n        raise ValueError(name) from error\nINSTALLED_APPS = ['a'] + env('MORE').split()\n",
     "apps: a\nopen apps: settings.py:8: the environment variable MORE is not set\n"},
    {"a handler that only says so where it has no default",
     "import os\ndef env(name, default=None):\n    try:\n        return os.environ[name]\n    except KeyError:\n"
     "        if default is not None:\n            return default\n        raise ValueError(name)\n"
     "INSTALLED_APPS = ['a'] + env('B', 'b').split()\nINSTALLED_APPS += env('MORE').split()\n",
     "apps: a b\nopen apps: settings.py:10: the environment variable MORE is not set\n"},
    {"a handler of something else",
     "import os\nINSTALLED_APPS = ['a']\ntry:\n    INSTALLED_APPS.append(os.environ['MORE'])\nexcept ImportError:\n"
     "    pass\n",
     "apps: a\nopen apps: settings.py:4: the environment variable MORE is not set\n"},
    {"variables that the settings set",
     "import os\nos.environ.update({'B': 'b'}, C='c')\nkeep = os.environ.setdefault\nkeep('D', 'd')\n"
     "INSTALLED_APPS = [os.environ['B'], os.environ['C'], os.environ['D']]\n",
     "apps: b c d\n"},
    {"django-environ and a file",
     "import environ\nenv = environ.Env(MORE=(list, []), LESS=(list, ['l']))\nenviron.Env.read_env()\n"
     "INSTALLED_APPS = ['a'] + env('MORE') + env('LESS') + env.list('NAMES', default=[]) + [env('ONE'), "
     "env.str('SET')]\n"
     "if env.bool('OFF', default=True):\n    INSTALLED_APPS.append('on')\n",
     "apps: a l b c o'ne set_here\nopen apps if set: settings.py:4: the environment variable MORE is not set\n",
     {{"project/.env", "# names\nNAMES=b,c,\nexport ONE=\"o\\'ne\"\nSET=not this\nOFF=False\nbroken\n"}}},
    {"dotenv",
     "import os\nfrom dotenv import load_dotenv\nload_dotenv()\nINSTALLED_APPS = os.environ['NAMES'].split(',') + "
     "[os.environ['SET']] + os.getenv('MORE').split()\n",
     "apps: a b set_here c-b d\n",
     {{"project/.env", "PART=b\nNAMES='a,b' # two\nSET=no\nexport MORE = \"c-${PART}\n${NONE:-d}\"\n"},
      {"site/dotenv.py", "import os\ndef load_dotenv():\n    os.environ.update(NAMES='a,b', MORE='c-b\\nd')\n"}}},
    {"decouple and a file above",
     "from decouple import config, Csv\nINSTALLED_APPS = config('NAMES', cast=Csv()) + config('MORE', default='x, y', "
     "cast=Csv()) + [config('SET')] + config('LAST', default='', cast=lambda v: [s for s in v.split(',') if s])\n"
     "if config('DEBUG', default=True, cast=bool):\n    INSTALLED_APPS.append('d')\n",
     "apps: a b x y set_here\nopen apps if set: settings.py:2: the environment variable LAST is not set\n",
     {{"project/.env", "NAMES = ' a , b '\nSET=no\n#DEBUG=1\nDEBUG=off\n"}}},
    {"decouple and settings.ini",
     "from decouple import AutoConfig, Config, RepositoryEnv\nconfig = AutoConfig(search_path='conf')\nother = "
     "Config(RepositoryEnv('conf/live.env'))\nINSTALLED_APPS = [config('ONE'), config('Two', default='2'), "
     "other('THREE', default='?'), config('SET')]\n",
     "apps: one two three set_here\n",
     {{"project/conf/settings.ini", "[other]\nONE=no\n[settings]\n; names\none = one\nTWO: two\n"},
      {"project/conf/live.env", "THREE=\"three\"\n"},
      {"site/decouple.py",
       "class RepositoryEnv:\n    def __init__(self, path): pass\nclass Config:\n    def __init__(self, r): pass\n    "
       "def "
       "__call__(self, name, default=None): return {'ONE': 'one', 'Two': 'two', 'THREE': 'three', 'SET': "
       "'set_here'}[name]\nAutoConfig = lambda search_path: Config(0)\n"}}},
    {"environs",
     "from environs import Env\nenv = Env()\nenv.read_env()\nINSTALLED_APPS = env.list('NAMES') + env.list('MORE', "
     "['m']) "
     "+ [env('SET'), env.str('ONE', 'one')]\n",
     "apps: a b m set_here one\n",
     {{"project/.env", "NAMES=a,b\n"},
      {"site/environs.py",
       "class Env:\n    def read_env(self): pass\n    def list(self, name, d=None): return d or ['a', 'b']\n    def "
       "__call__(self, name): return 'set_here'\n    def str(self, name, d): return d\n"}}},
    {"a variable that is set",
     "import os\nINSTALLED_APPS = ['a', os.environ['SET'], os.getenv('SET')] + os.environ.get('SET').split('_')\nif "
     "'SET' in os.environ:\n    INSTALLED_APPS.append('b')\n",
     "apps: a set_here set_here set here b\n"},
    {"django-environ",
     "import environ\nenv = environ.Env(DEBUG=(bool, False))\nenviron.Env.read_env('.env')\nINSTALLED_APPS = ['a']\nif "
     "env('DEBUG'):\n    INSTALLED_APPS.append('d')\n"
     "if env.bool('TOOLS', default=False):\n    INSTALLED_APPS.append('t')\nINSTALLED_APPS += env.list('MORE', "
     "default=['m'])\n",
     "apps: a d? t? m\n"},
    {"decouple",
     "from decouple import config\nINSTALLED_APPS = ['a', config('X', default='x')]\n",
     "apps: a x\n",
     {{"site/decouple.py", "def config(name, default): return default\n"}}},
    {"a variable decides",
     "import os\nINSTALLED_APPS = ['a']\nif os.environ.get('D'): INSTALLED_APPS.append('django.contrib.sites')\n",
     "apps: a django.contrib.sites?\n"},
    {"django-configurations",
     "from configurations import Configuration\nclass Base(Configuration):\n    INSTALLED_APPS = ['a']\nclass "
     "Dev(Base):\n    INSTALLED_APPS = Base.INSTALLED_APPS + ['d']\n",
     "apps: a? d?\n"},

    // What cannot be read opens one list, and names its line ("Never mute, never wrong", the appended statements)
    {"an app from the environment", "import os\nINSTALLED_APPS = ['a']\nINSTALLED_APPS.append(os.environ[\"X\"])\n",
     "apps: a\nopen apps: settings.py:3: the environment variable X is not set\n"},
    {"entry points",
     "import importlib.metadata\nINSTALLED_APPS = ['a']\nfor ep in importlib.metadata.entry_points(group=\"x\"): "
     "INSTALLED_APPS.append(ep.module)\n",
     "apps: a\nopen apps: settings.py:3: importlib.metadata.entry_points() is known only when the program runs\n"},
    {"an app that is not installed", "INSTALLED_APPS = ['a']\nINSTALLED_APPS += [\"not_installed_app\"]\n",
     "apps: a not_installed_app\n"},
    {"a star import that leads nowhere", ENGINE "INSTALLED_APPS = ['a']\nfrom local_nowhere import *\nAFTER = ['b']\n",
     "apps: a?\nopen apps: settings.py:3: import *: the module local_nowhere is not found\napp_dirs: yes\n"
     "open engines: settings.py:3: import *: the module local_nowhere is not found\n"},
    {"assigned after a star import", "from local_nowhere import *\nINSTALLED_APPS = ['a']\n",
     "apps: a\nopen engines: settings.py:1: import *: the module local_nowhere is not found\n"},
    {"a second engine",
     ENGINE
     "TEMPLATES.append({\"BACKEND\": \"django.template.backends.jinja2.Jinja2\", \"DIRS\": [], \"APP_DIRS\": False})\n",
     "app_dirs: yes\nengine: django.template.backends.jinja2.Jinja2\n"},
    {"folders from the environment",
     "import os\n" ENGINE "TEMPLATES[0][\"DIRS\"] = [os.environ[\"T\"]]\nINSTALLED_APPS = ['a']\n",
     "apps: a\napp_dirs: yes\nopen dirs: settings.py:3: the environment variable T is not set\n"},
    {"handed to what cannot be read",
     "from nowhere import configure\nINSTALLED_APPS = ['a']\nOTHER = ['b']\nconfigure(INSTALLED_APPS)\n",
     "apps: a\nopen apps: settings.py:4: the module nowhere is not found\n"},
    {"its names handed to what cannot be read", "import heroku\nINSTALLED_APPS = ['a']\nheroku.settings(locals())\n",
     "apps: a?\nopen apps: settings.py:3: the module heroku is not found\nopen engines: settings.py:3: the module "
     "heroku is not found\n"},
    {"a package that seems to fail",
     "import strict\nINSTALLED_APPS = ['a']\nX = strict.value\nstrict.check(INSTALLED_APPS)\n",
     "apps: a\n"
     "open apps: settings.py:4: the module strict cannot be followed to its end (site/strict.py:1)\n",
     {{"site/strict.py", "import sys\nif 1 < 2:\n    raise RuntimeError('no')\ndef check(x): pass\n"}}},
    {"an included file that the environment names",
     "import os\nfrom split_settings.tools import include\ninclude('base.py', os.environ.get('MODE', 'dev') + '.py')\n",
     "apps: a d?\n",
     {{"project/base.py", "INSTALLED_APPS = ['a']\n"},
      {"project/dev.py", "INSTALLED_APPS.append('d')\n"},
      {"project/live.py", "import os\nINSTALLED_APPS = [os.environ['LIVE']]\n"}}},
    {"an included file of a known form",
     "import os\nfrom split_settings.tools import include, optional\ninclude('base.py', "
     "f'env/{os.environ[\"MODE\"]}.py', "
     "optional('env/%s/local.py' % os.environ['HOST']))\n",
     "apps: a d? l?\n",
     {{"project/base.py", "INSTALLED_APPS = ['a']\n"},
      {"project/env/dev.py", "INSTALLED_APPS += ['d']\n"},
      {"project/env/live.py", "INSTALLED_APPS += ['l']\n"},
      {"project/env/notes.txt", ""}}},
    {"an imported module of a known form",
     "import importlib, os\nINSTALLED_APPS = ['a']\nmodule = importlib.import_module('conf.' + os.environ['MODE'])\n"
     "for name in dir(module):\n    if name.isupper():\n        globals()[name] = getattr(module, name)\n",
     "apps: d? l? a?\n",
     {{"project/conf/__init__.py", ""},
      {"project/conf/dev.py", "INSTALLED_APPS = ['d']\n"},
      {"project/conf/live.py", "INSTALLED_APPS = ['l']\n"}}},
    {"an imported module that a default names",
     "import importlib, os\nMODE = os.environ.get('MODE', 'dev')\n"
     "globals().update(vars(importlib.import_module('.' + MODE, 'conf')))\n",
     "apps: d?\n",
     {{"project/conf/__init__.py", ""},
      {"project/conf/dev.py", "INSTALLED_APPS = ['d']\n"},
      {"project/conf/live.py", "INSTALLED_APPS = ['l']\n"}}},
    {"a form that no file has",
     "import os\nfrom split_settings.tools import include\nINSTALLED_APPS = ['a']\ninclude(os.environ['MODE'] + "
     "'_settings.py')\n",
     "apps: a?\nopen apps: settings.py:4: the environment variable MODE is not set\nopen engines: settings.py:4: the "
     "environment variable MODE is not set\n"},
    {"files that run in these names",
     "import os, runpy\nfrom pathlib import Path\nHERE = Path(__file__).parent\nexec(open(HERE / 'one.py').read())\n"
     "exec(compile(open(os.path.join(HERE, 'two.py'), 'rb').read(), 'two.py', 'exec'))\nexec((HERE / "
     "'three.py').read_text(), globals())\nglobals().update(runpy.run_path(str(HERE / 'four.py')))\n"
     "with open(HERE / 'five.py') as f:\n    code = compile(f.read(), f.name, 'exec')\n    exec(code)\n",
     "apps: 1 2 3 5 4\n",
     {{"project/one.py", "INSTALLED_APPS = ['1']\n"},
      {"project/two.py", "INSTALLED_APPS += ['2']\n"},
      {"project/three.py", "INSTALLED_APPS += ['3']\n"},
      {"project/four.py", "LAST = ['4']\n"},
      {"project/five.py", "INSTALLED_APPS += ['5'] + LAST\n"}}},
    {"a function that runs a file, if it is there",
     "def execfile(path, names):\n    try:\n        with open(path) as f:\n            exec(f.read(), names)\n    "
     "except "
     "IOError:\n        names['NONE'] = path\nINSTALLED_APPS = ['a']\nexecfile('local.py', globals())\n"
     "execfile('gone.py', globals())\nINSTALLED_APPS.append(NONE)\n",
     "apps: b gone.py\n",
     {{"project/local.py", "INSTALLED_APPS = ['b']\n"}}},
    {"the text of a file",
     "INSTALLED_APPS = open('apps.txt').read().split()\n",
     "apps: a b\n",
     {{"project/apps.txt", "a\nb\n"}}},
    {"handed to the standard library",
     "import logging\nINSTALLED_APPS = ['a']\nlogging.getLogger(__name__).info('%s', "
     "INSTALLED_APPS)\nprint(INSTALLED_APPS)\n",
     "apps: a\n"},
    {"exec", "INSTALLED_APPS = ['a']\nexec(open('local.py').read())\n",
     "apps: a?\nopen apps: settings.py:2: exec runs the file local.py, which is not there\nopen engines: "
     "settings.py:2: "
     "exec runs the file local.py, which is not there\n"},
    {"exec of a made text", "INSTALLED_APPS = ['a']\nexec('INSTALLED_APPS' + str(1.5))\n",
     "apps: a?\nopen apps: settings.py:2: a fraction is known only when the program runs\nopen engines: settings.py:2: "
     "a fraction is known only when the program runs\n"},
    {"apps from entry points of other kinds",
     "import pkg_resources\nfrom importlib_metadata import entry_points\nINSTALLED_APPS = ['a']\nfor ep in "
     "pkg_resources.iter_entry_points('x'):\n    INSTALLED_APPS.append(ep.module_name)\nfor ep in "
     "entry_points(group='x'):\n    INSTALLED_APPS.append(ep.module)\n",
     "apps: a\nopen apps: settings.py:4: pkg_resources.iter_entry_points is not found: the folder pkg_resources holds "
     "no "
     "__init__.py, so perhaps its package is not installed here\nopen apps: settings.py:6: the generator found is not "
     "followed (site/importlib_metadata.py:4)\n",
     {{"site/pkg_resources/extern/x.py", ""},
      {"site/importlib_metadata.py",
       "def found(group):\n    yield group\ndef entry_points(group):\n    return found(group)\n"}}},
    {"dynaconf without a file",
     "import dynaconf\nINSTALLED_APPS = ['a']\nsettings = dynaconf.DjangoDynaconf(__name__)\n",
     "apps: a\n",
     {{"site/dynaconf.py", "def DjangoDynaconf(name): pass\n"}}},
    {"dynaconf and a file",
     "import dynaconf\nINSTALLED_APPS = ['a']\nsettings = dynaconf.DjangoDynaconf(__name__)\n",
     "apps: a?\nopen apps: settings.py:3: dynaconf sets further names from settings.yaml, which is not read\nopen "
     "engines: "
     "settings.py:3: dynaconf sets further names from settings.yaml, which is not read\n",
     {{"project/config/settings.yaml", "default:\n  INSTALLED_APPS: [b]\n"}}},
    {"dynaconf's values by their defaults",
     "from dynaconf import Dynaconf\nconf = Dynaconf(envvar_prefix='SHOP', settings_files=['absent.toml'])\n"
     "INSTALLED_APPS = ['a'] + conf.get('more', []) + conf('LESS', default=['l'])\nconf = Dynaconf()\nif "
     "conf.get('DEBUG'):\n    INSTALLED_APPS.append('d')\n",
     "apps: a l d?\nopen apps if set: settings.py:3: the environment variable SHOP_MORE is not set\n"},
    {"dynaconf's values in a file",
     "from dynaconf import Dynaconf\nINSTALLED_APPS = ['a'] + Dynaconf(settings_files=['more.toml']).get('MORE', [])\n"
     "INSTALLED_APPS += Dynaconf(core_loaders=[]).get('MORE', [])\nINSTALLED_APPS += Dynaconf().MORE\n",
     "apps: a\nopen apps: settings.py:2: dynaconf takes its values from more.toml, which is not read\nopen apps: "
     "settings.py:3: dynaconf takes its values from what is not read\nopen apps: settings.py:4: "
     "dynaconf.Dynaconf(DYNACONF).MORE is known only when the program runs\n",
     {{"project/more.toml", "MORE = ['b']\n"}}},
    {"apps from a folder that is searched",
     "import os, pkgutil\nfrom pathlib import Path\nHERE = Path(__file__).parent\nINSTALLED_APPS = ['a']\nfor found in "
     "HERE.glob('*/apps.py'):\n    INSTALLED_APPS.append(found.parent.name)\nfor found in HERE.rglob('apps.py'):\n    "
     "INSTALLED_APPS += [found.parent.name]\nINSTALLED_APPS += [found.name for found in "
     "pkgutil.iter_modules([HERE])]\nfor folder, _, files in os.walk(HERE):\n    INSTALLED_APPS.append(folder)\n",
     "apps: a\nopen apps: settings.py:5: pathlib.Path.glob() is known only when the program runs\nopen apps: "
     "settings.py:7: pathlib.Path.rglob() is known only when the program runs\nopen apps: settings.py:9: "
     "pkgutil.iter_modules() is known only when the program runs\nopen apps: settings.py:10: os.walk() is known only "
     "when the program runs\n"},
    {"a class of the project around a file",
     "import configparser\nclass Config:\n    def __init__(self, path):\n        self.parser = "
     "configparser.ConfigParser()\n        self.parser.read(path)\n    def get(self, name, default):\n        return "
     "self.parser.get('main', name, fallback=default)\nconfig = Config('site.ini')\n" ENGINE
     "TEMPLATES[0]['DIRS'] = [config.get('folder', 'templates')]\nINSTALLED_APPS = ['a']\n",
     "apps: a\napp_dirs: yes\nopen dirs: settings.py:10: an object of class Config is not followed\n"},
    {"a list that is none", "INSTALLED_APPS = 3\n",
     "open apps: settings.py:1: a number stands where another kind of value is needed\n"},
    {"a statement that cannot be parsed", "INSTALLED_APPS = ['a']\nclass = 3 4\nX = 1\n",
     "apps: a?\nopen apps: settings.py:2: this cannot be parsed\nopen engines: settings.py:2: this cannot be parsed\n"},
    {"a loop over what is not known",
     "import json\nINSTALLED_APPS = ['a']\nPREFIX = 'p'\nfor name in json.load(open('apps.json')):\n    "
     "INSTALLED_APPS.append('fixed')\n    INSTALLED_APPS.append(name)\n",
     "apps: a fixed?\nopen apps: settings.py:4: json.load() is known only when the program runs\n"},
};

} // namespace

const std::vector<SettingsCase> &settingsCases() { return cases; }

} // namespace nuages::tests
