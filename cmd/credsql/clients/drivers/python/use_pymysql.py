"""PyMySQL."""

import importlib.metadata

import pymysql
from pymysql.constants import CLIENT, FIELD_TYPE

import dbapi
import protocol


class Client(dbapi.Client):
    column_types = {v: k for k, v in vars(FIELD_TYPE).items() if isinstance(v, int) and k not in ("CHAR", "INTERVAL")}

    def library_version(self):
        return importlib.metadata.version("pymysql")

    def connect(self, to, **more):
        if to.get("tls"):
            more["ssl"] = {"ca": to["ca"], "check_hostname": True}
        else:
            more["ssl_disabled"] = True
        return pymysql.connect(host=to["host"], port=to["port"], user=to["user"], password=to["password"], database=to["database"], **more)

    def multi(self, request):
        with self.closing(request, client_flag=CLIENT.MULTI_STATEMENTS) as connection:
            cursor = connection.cursor()
            cursor.execute(request["sql"])
            results = [self.result(cursor)]
            while cursor.nextset():
                results.append(self.result(cursor))
            return {"results": results}

    def stream(self, request):
        with self.closing(request) as connection:
            cursor = connection.cursor(pymysql.cursors.SSCursor)
            cursor.execute(request["sql"])
            count = total = 0
            for row in cursor:
                count, total = count + 1, total + row[0]
            return {"count": count, "sum": str(total)}

    def timeout(self, request):
        with self.closing(request, read_timeout=1) as connection:
            return {"results": [self.attempt(connection.cursor(), request["sql"])]}

    def session(self, request):
        with self.closing(request) as connection:
            connection.ping(reconnect=False)
            connection.select_db("credsql")
            cursor = connection.cursor()
            cursor.execute("SELECT DATABASE()")
            return {"session": {"ping": "ok", "database": cursor.fetchone()[0], "charset": connection.character_set_name(),
                                "autocommit": str(connection.get_autocommit()), "server": connection.get_server_info()}}


protocol.serve(Client())
