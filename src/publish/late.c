/* The functions of libxlsxwriter that are used, found when a workbook is written. */
#include "base/late.h"

#include <xlsxwriter.h>

#define FORMAT(name, Type)                                                                         \
    LATE_VOID(XLSXWRITER_SONAME, name, (lxw_format * format, Type value), (format, value))
FORMAT(format_set_align, uint8_t)
FORMAT(format_set_bg_color, lxw_color_t)
FORMAT(format_set_border, uint8_t)
FORMAT(format_set_border_color, lxw_color_t)
FORMAT(format_set_font_color, lxw_color_t)
FORMAT(format_set_num_format, const char *)
LATE_VOID(XLSXWRITER_SONAME, format_set_bold, (lxw_format * format), (format))
LATE_VOID(XLSXWRITER_SONAME, format_set_text_wrap, (lxw_format * format), (format))

LATE(XLSXWRITER_SONAME, lxw_workbook *, workbook_new_opt,
     (const char *path, lxw_workbook_options *options), (path, options))
LATE(XLSXWRITER_SONAME, lxw_format *, workbook_add_format, (lxw_workbook * book), (book))
LATE(XLSXWRITER_SONAME, lxw_worksheet *, workbook_add_worksheet,
     (lxw_workbook * book, const char *name), (book, name))
LATE(XLSXWRITER_SONAME, lxw_error, workbook_close, (lxw_workbook * book), (book))
LATE(XLSXWRITER_SONAME, lxw_error, workbook_set_properties,
     (lxw_workbook * book, lxw_doc_properties *properties), (book, properties))

LATE(XLSXWRITER_SONAME, lxw_error, worksheet_autofilter,
     (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, lxw_row_t last_row,
      lxw_col_t last_column),
     (sheet, row, column, last_row, last_column))
LATE(XLSXWRITER_SONAME, lxw_error, worksheet_data_validation_range,
     (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, lxw_row_t last_row,
      lxw_col_t last_column, lxw_data_validation *validation),
     (sheet, row, column, last_row, last_column, validation))
LATE_VOID(XLSXWRITER_SONAME, worksheet_fit_to_pages,
          (lxw_worksheet * sheet, uint16_t width, uint16_t height), (sheet, width, height))
LATE_VOID(XLSXWRITER_SONAME, worksheet_freeze_panes,
          (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column), (sheet, row, column))
LATE_VOID(XLSXWRITER_SONAME, worksheet_gridlines, (lxw_worksheet * sheet, uint8_t which),
          (sheet, which))
LATE(XLSXWRITER_SONAME, lxw_error, worksheet_repeat_rows,
     (lxw_worksheet * sheet, lxw_row_t row, lxw_row_t last_row), (sheet, row, last_row))
LATE(XLSXWRITER_SONAME, lxw_error, worksheet_set_column,
     (lxw_worksheet * sheet, lxw_col_t column, lxw_col_t last_column, double width,
      lxw_format *format),
     (sheet, column, last_column, width, format))
LATE(XLSXWRITER_SONAME, lxw_error, worksheet_set_footer, (lxw_worksheet * sheet, const char *text),
     (sheet, text))
LATE_VOID(XLSXWRITER_SONAME, worksheet_set_landscape, (lxw_worksheet * sheet), (sheet))
LATE_VOID(XLSXWRITER_SONAME, worksheet_set_margins,
          (lxw_worksheet * sheet, double left, double right, double top, double bottom),
          (sheet, left, right, top, bottom))
LATE_VOID(XLSXWRITER_SONAME, worksheet_set_paper, (lxw_worksheet * sheet, uint8_t paper),
          (sheet, paper))
LATE(XLSXWRITER_SONAME, lxw_error, worksheet_set_row,
     (lxw_worksheet * sheet, lxw_row_t row, double height, lxw_format *format),
     (sheet, row, height, format))
LATE(XLSXWRITER_SONAME, lxw_error, worksheet_write_blank,
     (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, lxw_format *format),
     (sheet, row, column, format))
LATE(XLSXWRITER_SONAME, lxw_error, worksheet_write_datetime,
     (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, lxw_datetime *time,
      lxw_format *format),
     (sheet, row, column, time, format))
LATE(XLSXWRITER_SONAME, lxw_error, worksheet_write_number,
     (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, double number, lxw_format *format),
     (sheet, row, column, number, format))
LATE(XLSXWRITER_SONAME, lxw_error, worksheet_write_string,
     (lxw_worksheet * sheet, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *format),
     (sheet, row, column, text, format))
