import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers the test's requests, a JSON line each, with what a client library does; see ../README.md for the requests and answers. */
final class Protocol {
    private static final com.google.gson.Gson GSON = new com.google.gson.GsonBuilder().disableHtmlEscaping().create();
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    interface Client {
        Object answer(String op, JsonObject request) throws Exception;
    }

    static void serve(Client client) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonObject request = JsonParser.parseString(line).getAsJsonObject();
            Object answer;
            try {
                answer = client.answer(request.get("op").getAsString(), request);
            } catch (Exception e) { // whatever the library throws is its answer
                answer = failure(e);
            }
            out.println(GSON.toJson(answer));
        }
        System.exit(0); // whatever threads the libraries have left
    }

    static Map<String, Object> failure(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException s && s.getErrorCode() > 0) {
                return Map.of("error", Map.of("code", s.getErrorCode(), "message", String.valueOf(s.getMessage()), "state", String.valueOf(s.getSQLState())));
            }
        }
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return Map.of("error", Map.of("code", 0, "message", e.getMessage() + ": " + last));
    }

    /** Binds a parameter by the setter of its type. */
    static void bind(PreparedStatement statement, int at, JsonObject param) throws SQLException {
        String text = param.get("value").getAsString();
        switch (param.get("type").getAsString()) {
            case "null" -> statement.setNull(at, Types.VARCHAR);
            case "bool" -> statement.setBoolean(at, text.equals("true"));
            case "int" -> statement.setLong(at, Long.parseLong(text));
            case "float" -> statement.setDouble(at, Double.parseDouble(text));
            case "decimal" -> statement.setBigDecimal(at, new BigDecimal(text));
            case "text" -> statement.setString(at, text);
            case "bytes" -> statement.setBytes(at, text.getBytes(StandardCharsets.UTF_8));
            case "datetime" -> statement.setTimestamp(at, Timestamp.from(Instant.parse(text.replace(' ', 'T') + "Z")));
            case "date" -> statement.setObject(at, LocalDate.parse(text));
            case "time" -> span(statement, at, text);
            default -> throw new IllegalArgumentException(param.toString());
        }
    }

    /** Binds a span of seconds, which is a Duration where the driver knows that. */
    private static void span(PreparedStatement statement, int at, String seconds) throws SQLException {
        if (statement.getConnection().getMetaData().getDriverMajorVersion() < 3) {
            statement.setString(at, seconds + " seconds"); // MariaDB's of before 3 serializes it
        } else {
            statement.setObject(at, Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000)));
        }
    }

    static Map<String, Object> result(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<String> columns = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(meta.getColumnLabel(i));
            types.add(meta.getColumnTypeName(i));
        }
        List<Object> all = new ArrayList<>();
        while (rows.next()) {
            List<List<String>> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(cell(rows.getObject(i)));
            }
            all.add(row);
        }
        return Map.of("columns", columns, "types", types, "rows", all);
    }

    /** A value of a row as its kind and its text. A moment is shown in UTC. */
    private static List<String> cell(Object v) {
        if (v == null) {
            return List.of("null", "");
        } else if (v instanceof Boolean) {
            return List.of("bool", v.toString());
        } else if (v instanceof Integer || v instanceof Long || v instanceof Short || v instanceof java.math.BigInteger) {
            return List.of("int", v.toString());
        } else if (v instanceof Double || v instanceof Float) {
            return List.of("float", v.toString());
        } else if (v instanceof BigDecimal d) {
            return List.of("decimal", d.toPlainString());
        } else if (v instanceof byte[] b) {
            return List.of("bytes", new String(b, StandardCharsets.UTF_8));
        } else if (v instanceof Timestamp t) {
            return List.of("datetime", MICROS.format(LocalDateTime.ofInstant(t.toInstant(), ZoneOffset.UTC)));
        } else if (v instanceof LocalDateTime t) {
            return List.of("datetime", MICROS.format(t));
        } else if (v instanceof String) {
            return List.of("text", v.toString());
        }
        return List.of(v.getClass().getSimpleName(), v.toString());
    }

    private Protocol() {}
}
