"""What the libraries of DB-API 2.0 have in common."""

import threading

import protocol


class Client:
    """A library; its module's class says how to connect, and what differs."""

    name = ""
    column_types = {}

    def connect(self, to, **more):
        raise NotImplementedError

    def closing(self, request, **more):
        return Closing(self.connect(request["to"], **more))

    def version(self, request):
        return {"value": self.library_version()}

    def result(self, cursor):
        """The rows of a cursor, or nothing where the statement has none."""
        if cursor.description is None:
            return {"columns": [], "types": [], "rows": []}
        return {
            "columns": [d[0] for d in cursor.description],
            "types": [self.column_types.get(d[1], str(d[1])) for d in cursor.description],
            "rows": [[protocol.cell(v) for v in row] for row in cursor.fetchall()],
        }

    def attempt(self, cursor, *statement):
        """The result of one statement, or its error: the connection must be fit for the next one."""
        try:
            cursor.execute(*statement)
            return self.result(cursor)
        except Exception as error:
            return {"error": protocol.failure(error)}

    def text(self, request):
        with self.closing(request) as connection:
            results = []
            for sql in request["sqls"]:
                cursor = connection.cursor()
                results.append(self.attempt(cursor, sql))
                cursor.close()
            return {"results": results}

    def escaped(self, request):
        sql = request["sql"].replace("%", "%%").replace("?", "%s")
        with self.closing(request) as connection:
            cursor = connection.cursor()
            return {"results": [self.attempt(cursor, sql, [protocol.value(p) for p in run]) for run in request["runs"]]}

    def kill(self, request):
        """Another connection kills what this one runs; this one must then still be fit."""
        with self.closing(request) as connection, self.closing(request) as other:
            cursor = connection.cursor()
            cursor.execute("SELECT connection_id()")
            number = cursor.fetchone()[0]
            timer = threading.Timer(1, lambda: other.cursor().execute("KILL QUERY %d" % number))
            timer.start()
            results = [self.attempt(cursor, request["sql"])]
            timer.join()
            cursor = connection.cursor()
            return {"results": results + [self.attempt(cursor, "SELECT 1")]}


class Closing:
    """Closes a connection at the end of a with statement; not all libraries' connections do it themselves."""

    def __init__(self, connection):
        self.connection = connection

    def __enter__(self):
        return self.connection

    def __exit__(self, *_):
        try:
            self.connection.close()
        except Exception:
            pass  # one that the test has broken
