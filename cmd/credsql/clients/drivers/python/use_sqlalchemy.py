"""SQLAlchemy with PyMySQL below it: reflection, expressions, its pool."""

import sqlalchemy
from sqlalchemy import func, select

import dbapi
import protocol


class Client(dbapi.Client):
    def library_version(self):
        return sqlalchemy.__version__

    def engine(self, to, **more):
        url = sqlalchemy.URL.create("mysql+pymysql", to["user"], to["password"], to["host"], to["port"], to["database"])
        arguments = {"ssl": {"ca": to["ca"], "check_hostname": True}} if to.get("tls") else {"ssl_disabled": True}
        return sqlalchemy.create_engine(url, connect_args=arguments, **more)

    def outcome(self, connection, statement, *params):
        try:
            answer = connection.execute(statement, *params)
            names = list(answer.keys()) if answer.returns_rows else []
            rows = [[protocol.cell(v) for v in row] for row in answer] if answer.returns_rows else []
            return {"columns": names, "types": ["" for _ in names], "rows": rows}
        except Exception as error:
            connection.rollback()
            return {"error": protocol.failure(error)}

    def text(self, request):
        with self.engine(request["to"]).connect() as connection:
            return {"results": [self.outcome(connection, sqlalchemy.text(sql.replace(":", "\\:"))) for sql in request["sqls"]]}

    def escaped(self, request):
        parts = request["sql"].replace(":", "\\:").split("?")
        sql = parts[0] + "".join(":p%d%s" % (i, part) for i, part in enumerate(parts[1:]))
        with self.engine(request["to"]).connect() as connection:
            runs = [{"p%d" % i: protocol.value(p) for i, p in enumerate(run)} for run in request["runs"]]
            return {"results": [self.outcome(connection, sqlalchemy.text(sql), run) for run in runs]}

    def stream(self, request):
        with self.engine(request["to"]).connect() as connection:
            count = total = 0
            for row in connection.execution_options(stream_results=True, yield_per=1000).execute(sqlalchemy.text(request["sql"].replace(":", "\\:"))):
                count, total = count + 1, total + row[0]
            return {"count": count, "sum": str(total)}

    def pool(self, request):
        engine = self.engine(request["to"], pool_size=2, pool_pre_ping=True)
        results = []
        for sql in request["sqls"]:
            with engine.connect() as connection:
                results.append(self.outcome(connection, sqlalchemy.text(sql)))
        return {"results": results}

    def browse(self, request):
        engine = self.engine(request["to"])
        inspector = sqlalchemy.inspect(engine)
        table = sqlalchemy.Table("iam_credential_report", sqlalchemy.MetaData(), autoload_with=engine)
        with engine.connect() as connection:
            query = select(table.c.user, func.count()).where(table.c.mfa_active, table.c.account_id == "314159265062").group_by(table.c.user).order_by(table.c.user)
            asked = self.outcome(connection, query)
        notes = [
            "has_table %s %s" % (inspector.has_table("iam_credential_report"), inspector.has_table("no_such_table")),
            "views %s" % inspector.get_view_names(),
            "key %s" % inspector.get_pk_constraint("iam_credential_report")["constrained_columns"],
            "foreign keys %s" % inspector.get_foreign_keys("iam_credential_report"),
            "indexes %s" % inspector.get_indexes("iam_credential_report"),
            "comment %s" % inspector.get_table_comment("iam_credential_report")["text"],
            "autoload %d columns" % len(table.columns),
            "credsql tables %s" % inspector.get_table_names(schema="credsql"),
        ]
        columns = [[c["name"], repr(c["type"]), "NULL" if c["nullable"] else "NOT NULL", c.get("comment") or ""]
                   for c in inspector.get_columns("iam_credential_report")]
        return {"databases": inspector.get_schema_names(), "tables": inspector.get_table_names(), "columns": columns, "notes": notes, "results": [asked]}


protocol.serve(Client())
