"""mysqlclient (MySQLdb), over MariaDB's C library."""

import MySQLdb
import MySQLdb.cursors
from MySQLdb.constants import CLIENT, FIELD_TYPE

import dbapi
import protocol


class Client(dbapi.Client):
    column_types = {v: k for k, v in vars(FIELD_TYPE).items() if isinstance(v, int) and k not in ("CHAR", "INTERVAL")}

    def library_version(self):
        return MySQLdb.__version__

    def connect(self, to, **more):
        if to.get("tls"):
            more["ssl"] = {"ca": to["ca"]}
        return MySQLdb.connect(host=to["host"], port=to["port"], user=to["user"], passwd=to["password"], db=to["database"], charset="utf8mb4", **more)

    def multi(self, request):
        with self.closing(request, client_flag=CLIENT.MULTI_STATEMENTS) as connection:
            cursor = connection.cursor()
            cursor.execute(request["sql"])
            results = [self.result(cursor)]
            while cursor.nextset() is not None:
                results.append(self.result(cursor))
            return {"results": results}

    def stream(self, request):
        with self.closing(request) as connection:
            cursor = connection.cursor(MySQLdb.cursors.SSCursor)
            cursor.execute(request["sql"])
            count = total = 0
            for row in cursor:
                count, total = count + 1, total + row[0]
            return {"count": count, "sum": str(total)}

    def timeout(self, request):
        with self.closing(request, read_timeout=1) as connection:
            return {"results": [self.attempt(connection.cursor(), request["sql"])]}

    def session(self, request):
        """COM_PING, COM_STATISTICS, COM_CHANGE_USER, COM_PROCESS_KILL."""
        other = request["other"]
        with self.closing(request) as connection:
            connection.ping()
            out = {"ping": "ok", "statistics": connection.stat(), "server": connection.get_server_info()}
            connection.change_user(other["user"], other["password"], other["database"])
            cursor = connection.cursor()
            cursor.execute("SELECT USER(), DATABASE()")
            out["user"], out["database"] = cursor.fetchone()
            with self.closing({"to": other}) as doomed:
                connection.kill(doomed.thread_id())
                out["killed"] = self.attempt(doomed.cursor(), "SELECT 1")["error"]["message"]
            return {"session": out}


protocol.serve(Client())
