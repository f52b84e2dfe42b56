"""For setup.py files of older packages: names that Python has removed since."""

import configparser

configparser.RawConfigParser.readfp = configparser.RawConfigParser.read_file
