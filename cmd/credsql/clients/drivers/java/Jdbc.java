import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A JDBC driver, named by its scheme: mysql (Connector/J) or mariadb (MariaDB Connector/J). */
final class Jdbc {
    private final String scheme;

    private Jdbc(String scheme) {
        this.scheme = scheme;
    }

    public static void main(String[] args) throws Exception {
        Protocol.serve(new Jdbc(args[0])::answer);
    }

    private Object answer(String op, JsonObject r) throws Exception {
        return switch (op) {
            case "version" -> Map.of("value", driver().getMajorVersion() + "." + driver().getMinorVersion());
            case "text" -> with(r, Map.of(), c -> results(r.getAsJsonArray("sqls"), sql -> query(c, sql.getAsString())));
            case "prepared" -> with(r, Map.of("useServerPrepStmts", "true"), c -> runs(c, r));
            case "escaped" -> with(r, Map.of("useServerPrepStmts", "false"), c -> runs(c, r));
            case "multi" -> with(r, Map.of("allowMultiQueries", "true"), c -> multi(c, sql(r)));
            case "stream" -> with(r, Map.of(), c -> stream(c, sql(r)));
            case "kill" -> with(r, Map.of(), c -> kill(c, r));
            case "cancel" -> with(r, Map.of(), c -> cancel(c, sql(r)));
            case "timeout" -> with(r, Map.of(), c -> timeout(c, sql(r)));
            case "drop" -> with(r, Map.of(), c -> drop(c, sql(r)));
            case "session" -> with(r, Map.of(), c -> session(c, r.getAsJsonObject("other")));
            case "browse" -> with(r, Map.of(), c -> browse(c.getMetaData()));
            case "pool" -> pool(r);
            default -> throw new UnsupportedOperationException(op);
        };
    }

    private static String sql(JsonObject request) {
        return request.get("sql").getAsString();
    }

    // --- connecting

    private Driver driver() throws SQLException {
        return DriverManager.getDriver("jdbc:" + scheme + "://127.0.0.1/");
    }

    private static String url(String scheme, JsonObject to) {
        return "jdbc:" + scheme + "://" + to.get("host").getAsString() + ":" + to.get("port").getAsInt() + "/" + to.get("database").getAsString();
    }

    private Properties properties(JsonObject to, Map<String, String> more) throws Exception {
        Properties p = new Properties();
        p.setProperty("user", to.get("user").getAsString());
        p.setProperty("password", to.get("password").getAsString());
        boolean tls = to.has("tls") && to.get("tls").getAsBoolean();
        boolean old = scheme.equals("mariadb") && driver().getMajorVersion() < 3;
        if (scheme.equals("mysql")) {
            p.setProperty("connectionTimeZone", "SERVER");
            p.setProperty("allowPublicKeyRetrieval", "true");
            p.setProperty("sslMode", tls ? "VERIFY_IDENTITY" : "DISABLED");
            if (tls) {
                p.setProperty("trustCertificateKeyStoreUrl", trusting(to.get("ca").getAsString()).toUri().toString());
                p.setProperty("trustCertificateKeyStorePassword", "changeit");
            }
        } else {
            p.setProperty(old ? "serverTimezone" : "connectionTimeZone", "UTC");
            p.setProperty("preserveInstants", "true");
            p.setProperty("useLegacyDatetimeCode", "false"); // of the old one
            p.setProperty("allowPublicKeyRetrieval", "true");
            p.setProperty(old ? "useSsl" : "sslMode", old ? String.valueOf(tls) : tls ? "verify-full" : "disable");
            if (tls) {
                p.setProperty("serverSslCert", to.get("ca").getAsString());
            }
        }
        p.putAll(more);
        return p;
    }

    /** A store of the one authority that is trusted. */
    private static Path trusting(String ca) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(ca))) {
            store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        Path path = Files.createTempFile("trust", ".p12");
        path.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, "changeit".toCharArray());
        }
        return path;
    }

    private interface Use {
        Object of(Connection connection) throws Exception;
    }

    private Object with(JsonObject request, Map<String, String> more, Use use) throws Exception {
        JsonObject to = request.getAsJsonObject("to");
        try (Connection c = driver().connect(url(scheme, to), properties(to, more))) {
            return use.of(c);
        }
    }

    // --- asking

    private interface Ask {
        Object of(JsonElement item) throws SQLException;
    }

    private static Object attempt(Ask ask, JsonElement item) {
        try {
            return ask.of(item);
        } catch (SQLException e) {
            return Protocol.failure(e);
        }
    }

    private static Object results(JsonArray list, Ask ask) {
        List<Object> results = new ArrayList<>();
        list.forEach(item -> results.add(attempt(ask, item)));
        return Map.of("results", results);
    }

    private static Object query(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            return s.execute(sql) ? Protocol.result(s.getResultSet()) : Map.of("columns", List.of(), "types", List.of(), "rows", List.of());
        }
    }

    private static Object query(Connection c, String sql, int seconds) {
        return attempt(ignored -> {
            try (Statement s = c.createStatement()) {
                s.setQueryTimeout(seconds);
                return Protocol.result(s.executeQuery(sql));
            }
        }, null);
    }

    private static Object runs(Connection c, JsonObject r) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql(r))) {
            return results(r.getAsJsonArray("runs"), run -> {
                int at = 1;
                for (JsonElement param : run.getAsJsonArray()) {
                    Protocol.bind(s, at++, param.getAsJsonObject());
                }
                return Protocol.result(s.executeQuery());
            });
        }
    }

    private static Object multi(Connection c, String sql) throws SQLException {
        List<Object> results = new ArrayList<>();
        try (Statement s = c.createStatement()) {
            for (boolean rows = s.execute(sql); rows || s.getUpdateCount() >= 0; rows = s.getMoreResults()) {
                results.add(rows ? Protocol.result(s.getResultSet()) : Map.of("columns", List.of(), "types", List.of(), "rows", List.of()));
            }
        }
        return Map.of("results", results);
    }

    private Object stream(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.setFetchSize(scheme.equals("mysql") ? Integer.MIN_VALUE : 1000); // as each driver asks for rows one by one
            long count = 0;
            long sum = 0;
            try (ResultSet rows = s.executeQuery(sql)) {
                for (; rows.next(); count++) {
                    sum += rows.getLong(1);
                }
            }
            return Map.of("count", count, "sum", String.valueOf(sum));
        }
    }

    // --- ending what runs

    private interface Act {
        void now() throws Exception;
    }

    private static Thread soon(Act act) {
        Thread t = new Thread(() -> {
            try {
                Thread.sleep(1000);
                act.now();
            } catch (Exception e) {
                e.printStackTrace(); // the test shows it, and fails
            }
        });
        t.start();
        return t;
    }

    private Object kill(Connection c, JsonObject r) throws Exception {
        long number;
        try (Statement s = c.createStatement(); ResultSet rows = s.executeQuery("SELECT connection_id()")) {
            rows.next();
            number = rows.getLong(1);
        }
        Thread killer = soon(() -> with(r, Map.of(), other -> other.createStatement().execute("KILL QUERY " + number)));
        Object killed = attempt(ignored -> query(c, sql(r)), null);
        killer.join();
        return Map.of("results", List.of(killed, query(c, "SELECT 1")));
    }

    private static Object cancel(Connection c, String sql) throws Exception {
        try (Statement s = c.createStatement()) {
            Thread canceller = soon(s::cancel);
            Object canceled = attempt(ignored -> Protocol.result(s.executeQuery(sql)), null);
            canceller.join();
            return Map.of("results", List.of(canceled, query(c, "SELECT 1")));
        }
    }

    private static Object timeout(Connection c, String sql) throws SQLException {
        return Map.of("results", List.of(query(c, sql, 1), query(c, "SELECT 1")));
    }

    private static Object drop(Connection c, String sql) throws Exception {
        Thread breaker = soon(() -> c.abort(Runnable::run));
        Object broken = attempt(ignored -> query(c, sql), null);
        breaker.join();
        return Map.of("results", List.of(broken));
    }

    // --- the rest

    private Object session(Connection c, JsonObject other) throws Exception {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("ping", c.isValid(5) ? "ok" : "dead");
        query(c, "SET @a = 1");
        if (c instanceof com.mysql.cj.jdbc.JdbcConnection mysql) {
            mysql.resetServerState();
            mysql.changeUser(other.get("user").getAsString(), other.get("password").getAsString());
        }
        try (Statement s = c.createStatement(); ResultSet rows = s.executeQuery("SELECT @a, USER(), DATABASE()")) {
            rows.next();
            if (scheme.equals("mysql")) {
                out.put("reset", String.valueOf(rows.getString(1)));
                out.put("user", rows.getString(2));
            }
            out.put("database", String.valueOf(rows.getString(3)));
        }
        c.setReadOnly(true);
        c.setCatalog("credsql");
        c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        c.setAutoCommit(false);
        query(c, "SELECT 1");
        c.rollback();
        c.commit();
        out.put("catalog", c.getCatalog());
        return Map.of("session", out);
    }

    private static List<String> column(ResultSet rows, String name) throws SQLException {
        List<String> out = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                out.add(rows.getString(name));
            }
        }
        return out;
    }

    private static Object browse(DatabaseMetaData meta) throws SQLException {
        List<Object> columns = new ArrayList<>();
        try (ResultSet rows = meta.getColumns("aws", null, "iam_credential_report", "%")) {
            while (rows.next()) {
                columns.add(List.of(rows.getString("COLUMN_NAME"), rows.getString("TYPE_NAME"), rows.getInt("NULLABLE") == 1 ? "NULL" : "NOT NULL",
                        String.valueOf(rows.getString("REMARKS"))));
            }
        }
        List<String> notes = new ArrayList<>();
        notes.add("product " + meta.getDatabaseProductName());
        notes.add("key " + column(meta.getPrimaryKeys("aws", null, "iam_credential_report"), "COLUMN_NAME"));
        notes.add("indexes " + column(meta.getIndexInfo("aws", null, "iam_credential_report", false, true), "COLUMN_NAME"));
        notes.add("foreign keys " + column(meta.getImportedKeys("aws", null, "iam_credential_report"), "FKCOLUMN_NAME")
                + column(meta.getExportedKeys("aws", null, "iam_credential_report"), "FKCOLUMN_NAME"));
        notes.add("best row identifier " + column(meta.getBestRowIdentifier("aws", null, "iam_credential_report", DatabaseMetaData.bestRowSession, true), "COLUMN_NAME"));
        notes.add("version columns " + column(meta.getVersionColumns("aws", null, "iam_credential_report"), "COLUMN_NAME"));
        notes.add("procedures " + column(meta.getProcedures("aws", null, "%"), "PROCEDURE_NAME"));
        notes.add("functions " + column(meta.getFunctions("aws", null, "%"), "FUNCTION_NAME"));
        notes.add("table privileges " + column(meta.getTablePrivileges("aws", null, "%"), "PRIVILEGE"));
        notes.add("column privileges " + column(meta.getColumnPrivileges("aws", null, "iam_credential_report", "%"), "PRIVILEGE"));
        notes.add("table types " + column(meta.getTableTypes(), "TABLE_TYPE"));
        notes.add("keywords " + (meta.getSQLKeywords().length() > 0) + ", types " + (column(meta.getTypeInfo(), "TYPE_NAME").size() > 0));
        notes.add("credsql tables " + column(meta.getTables("credsql", null, "%", null), "TABLE_NAME"));
        notes.add("like tables " + column(meta.getTables("aws", null, "iam\\_%", new String[] {"TABLE"}), "TABLE_NAME"));
        notes.add("columns of all " + column(meta.getColumns(null, null, "%", "account\\_id"), "TABLE_NAME"));
        return Map.of("databases", column(meta.getCatalogs(), "TABLE_CAT"), "tables", column(meta.getTables("aws", null, "%", new String[] {"TABLE"}), "TABLE_NAME"),
                "columns", columns, "notes", notes);
    }

    private Object pool(JsonObject r) throws Exception {
        JsonObject to = r.getAsJsonObject("to");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url(scheme, to));
        config.setDataSourceProperties(properties(to, Map.of()));
        config.setMaximumPoolSize(3);
        config.setReadOnly(true);
        try (HikariDataSource source = new HikariDataSource(config)) {
            return results(r.getAsJsonArray("sqls"), sql -> {
                try (Connection c = source.getConnection()) {
                    return query(c, sql.getAsString());
                }
            });
        }
    }
}
