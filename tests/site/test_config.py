"""The environment is read with types; a wrong value is named."""

from pathlib import Path

import pytest

from samskap.site import config


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAMSKAP_DEBUG", "perhaps"),
        ("SAMSKAP_WEB_WORKERS", "0"),
        ("SAMSKAP_WEB_WORKERS", "many"),
        ("DATABASE_URL", "mysql://x/y"),
        ("SAMSKAP_URL", "samskap.no"),
        ("SAMSKAP_HOSTS", "*"),
        ("SAMSKAP_MAIL_URL", "http://mail"),
        ("DATABASE_URL_FILE", "/nowhere/at/all"),
    ],
)
def test_a_wrong_value_is_refused_and_named(name: str, value: str) -> None:
    with pytest.raises(config.WrongSetting, match=name.removesuffix("_FILE")):
        config.read({name: value})


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "url"
    secret.write_text("postgresql://u:p@h/db\n")
    assert config.read({"DATABASE_URL_FILE": str(secret)}).database_url == "postgresql://u:p@h/db"


def test_both_a_secret_and_its_file_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(config.WrongSetting, match="keep one"):
        config.read({"DATABASE_URL": "postgresql://h/db", "DATABASE_URL_FILE": "x"})


def test_a_message_never_quotes_the_password() -> None:
    with pytest.raises(config.WrongSetting) as wrong:
        config.read({"DATABASE_URL": "mysql://user:hunter2@host/db"})
    assert "hunter2" not in str(wrong.value)


def test_postgresql_by_one_url() -> None:
    entry = config.database("postgresql://us%40er:p%2Fw@db.example:5433/sam?sslmode=require", Path("/tmp"))
    assert entry["NAME"] == "sam"
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"]) == ("us@er", "p/w", "db.example", "5433")
    assert entry["OPTIONS"] == {"sslmode": "require", "server_side_binding": True, "prepare_threshold": 5}


@pytest.mark.parametrize(("given", "kept"), [("off", None), ("0", 0), ("20", 20)])
def test_a_pooler_may_want_no_prepared_statements(given: str, kept: int | None) -> None:
    options = config.database(f"postgresql://h/db?prepare_threshold={given}", Path("/tmp"))["OPTIONS"]
    assert options == {"server_side_binding": True, "prepare_threshold": kept}


@pytest.mark.parametrize("url", ["postgresql://host", "postgresql://host:abc/db", "postgresql://h/db?prepare_threshold=often"])
def test_a_postgresql_url_that_cannot_work_is_refused(url: str) -> None:
    with pytest.raises(config.WrongSetting, match="DATABASE_URL"):
        config.database(url, Path("/tmp"))


def test_sqlite_is_durable() -> None:
    options = config.database("", Path("/home"))["OPTIONS"]
    assert isinstance(options, dict)
    assert "synchronous=FULL" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"
