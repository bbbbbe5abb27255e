"""MySQL Connector/Python, in pure Python: the one library for Python that prepares statements on the server."""

import mysql.connector
from mysql.connector import FieldType

import dbapi
import protocol


class Client(dbapi.Client):
    column_types = {getattr(FieldType, k): k for k in dir(FieldType) if k.isupper() and isinstance(getattr(FieldType, k), int)}

    def library_version(self):
        return mysql.connector.__version__

    def connect(self, to, **more):
        if to.get("tls"):
            more.update(ssl_ca=to["ca"], ssl_verify_cert=True, ssl_verify_identity=True)
        else:
            more["ssl_disabled"] = True
        return mysql.connector.connect(host=to["host"], port=to["port"], user=to["user"], password=to["password"], database=to["database"],
                                       use_pure=True, **more)

    def prepared(self, request):
        with self.closing(request) as connection:
            cursor = connection.cursor(prepared=True)
            return {"results": [self.attempt(cursor, request["sql"], [protocol.value(p) for p in run]) for run in request["runs"]]}

    def multi(self, request):
        with self.closing(request) as connection:
            cursor = connection.cursor()
            cursor.execute(request["sql"])
            results = [self.result(cursor)]
            while cursor.nextset():
                results.append(self.result(cursor))
            return {"results": results}

    def stream(self, request):
        with self.closing(request) as connection:
            cursor = connection.cursor()  # not buffered
            cursor.execute(request["sql"])
            count = total = 0
            for row in cursor:
                count, total = count + 1, total + row[0]
            return {"count": count, "sum": str(total)}

    def timeout(self, request):
        with self.closing(request, read_timeout=1) as connection:
            return {"results": [self.attempt(connection.cursor(), request["sql"])]}

    def session(self, request):
        """COM_PING, COM_STATISTICS, COM_RESET_CONNECTION, COM_CHANGE_USER."""
        other = request["other"]
        with self.closing(request) as connection:
            connection.ping()
            out = {"ping": "ok", "statistics": str(connection.cmd_statistics()), "server": connection.server_info}
            connection.cmd_query("SET @a = 1")
            connection.cmd_reset_connection()
            cursor = connection.cursor()
            cursor.execute("SELECT @a")
            out["reset"] = str(cursor.fetchone()[0])
            connection.cmd_change_user(other["user"], other["password"], other["database"])
            cursor.execute("SELECT USER(), DATABASE()")
            out["user"], out["database"] = cursor.fetchone()
            return {"session": out}

    def pool(self, request):
        to = request["to"]
        pool = mysql.connector.pooling.MySQLConnectionPool(
            pool_size=3, host=to["host"], port=to["port"], user=to["user"], password=to["password"], database=to["database"], use_pure=True, ssl_disabled=True)
        results = []
        for sql in request["sqls"]:
            connection = pool.get_connection()  # resets what the last user left
            results.append(self.attempt(connection.cursor(), sql))
            connection.close()
        return {"results": results}


protocol.serve(Client())
