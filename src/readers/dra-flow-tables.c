/* dra-flow-tables.c: the tables of a flow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "readers/dra-flow-private.h"

/**
 * dra_flow_begin_table:
 * @self: a flow
 * @n_columns: how many columns it has, 0 when that is not known
 *
 * Begins a table.  One of a single column is a frame around text, which is then shown as
 * if it were none; a table in a cell is part of the text of the cell.
 */
void
dra_flow_begin_table (DraFlow *self,
                      guint    n_columns)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);

  lane = dra_flow_get_lane (self);
  lane->tables++;
  if (lane->shown != 0)
    return;
  dra_flow_end_block (self);
  if (n_columns != 1)
    {
      lane->shown = lane->tables;
      lane->first_row = TRUE;
    }
}

/**
 * dra_flow_begin_row:
 * @self: a flow
 * @heading: whether the row has the headings of the columns
 *
 * Begins a row of the table.
 */
void
dra_flow_begin_row (DraFlow  *self,
                    gboolean  heading)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);

  lane = dra_flow_get_lane (self);
  if (lane->shown == 0 || lane->shown != lane->tables)
    return;
  dra_flow_end_row (self);
  lane->heading_row = heading;
  lane->n_cells = 0;
}

/**
 * dra_flow_begin_cell:
 * @self: a flow
 *
 * Begins a cell of the row.
 */
void
dra_flow_begin_cell (DraFlow *self)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);

  lane = dra_flow_get_lane (self);
  if (lane->shown == 0)
    {
      dra_flow_end_block (self);
      return;
    }
  if (lane->shown != lane->tables)
    {
      dra_article_builder_add_break (lane->builder);
      return;
    }
  if (!lane->in_row)
    {
      dra_article_builder_begin_block (lane->builder, DRA_BLOCK_TABLE_ROW, lane->heading_row ? 1 : 0,
                                       lane->first_row ? "first" : NULL);
      lane->in_row = TRUE;
    }
  else if (lane->n_cells < DRA_FLOW_MAX_CELLS)
    {
      dra_flow_set_styles (lane, 0, NULL);
      dra_article_builder_next_cell (lane->builder);
    }
  lane->n_cells++;
}

/**
 * dra_flow_end_row:
 * @self: a flow
 *
 * Ends the row.
 */
void
dra_flow_end_row (DraFlow *self)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);

  lane = dra_flow_get_lane (self);
  if (!lane->in_row || lane->shown != lane->tables)
    return;
  if (dra_article_builder_end_block (lane->builder))
    lane->first_row = FALSE;
  lane->in_row = FALSE;
  lane->has_text = FALSE;
  dra_flow_set_styles (lane, 0, NULL);
  dra_flow_flush_waiting (self, lane);
}

/**
 * dra_flow_end_table:
 * @self: a flow
 *
 * Ends the table.
 */
void
dra_flow_end_table (DraFlow *self)
{
  DraFlowLane *lane;

  g_return_if_fail (self != NULL);

  lane = dra_flow_get_lane (self);
  if (lane->tables == 0)
    return;
  if (lane->shown == lane->tables)
    {
      dra_flow_end_row (self);
      lane->shown = 0;
    }
  else if (lane->shown == 0)
    dra_flow_end_block (self);
  lane->tables--;
}

/* A table whose beginning waits for its first cell: its columns are counted before. */
typedef struct
{
  guint    n_columns;
  gboolean begun;
  gboolean heading;   /* rows that begin have headings */
  gboolean row_begun;
  guint    span;      /* columns of the cell that is open */
} Grid;

struct _DraFlowGrids
{
  DraFlow *flow;
  GArray  *grids; /* of Grid */
  guint    floor; /* those that are around the text box that is open */
};

/**
 * dra_flow_grids_new:
 * @flow: the flow that the tables go to
 *
 * Returns: (transfer full): a stack of tables for documents that say how a table and a row
 *   are inside of them
 */
DraFlowGrids *
dra_flow_grids_new (DraFlow *flow)
{
  DraFlowGrids *self = g_new0 (DraFlowGrids, 1);

  self->flow = flow;
  self->grids = g_array_new (FALSE, FALSE, sizeof (Grid));

  return self;
}

/**
 * dra_flow_grids_free:
 * @self: (nullable): a stack of tables
 */
void
dra_flow_grids_free (DraFlowGrids *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->grids);
  g_free (self);
}

static Grid *
get_grid (DraFlowGrids *self)
{
  return self->grids->len > self->floor ? &g_array_index (self->grids, Grid, self->grids->len - 1) : NULL;
}

/**
 * dra_flow_grids_begin_table:
 * @self: a stack of tables
 *
 * A table begins.
 */
void
dra_flow_grids_begin_table (DraFlowGrids *self)
{
  Grid fresh = { 0 };

  g_array_append_val (self->grids, fresh);
}

/**
 * dra_flow_grids_add_columns:
 * @self: a stack of tables
 * @n: how many more columns the table has
 */
void
dra_flow_grids_add_columns (DraFlowGrids *self,
                            guint         n)
{
  Grid *grid = get_grid (self);

  if (grid != NULL && !grid->begun)
    grid->n_columns += n;
}

/**
 * dra_flow_grids_begin_row:
 * @self: a stack of tables
 *
 * A row begins.
 */
void
dra_flow_grids_begin_row (DraFlowGrids *self)
{
  Grid *grid = get_grid (self);

  if (grid != NULL)
    grid->row_begun = FALSE;
}

/**
 * dra_flow_grids_set_heading:
 * @self: a stack of tables
 * @heading: whether rows whose first cell is to come have headings
 */
void
dra_flow_grids_set_heading (DraFlowGrids *self,
                            gboolean      heading)
{
  Grid *grid = get_grid (self);

  if (grid != NULL)
    grid->heading = heading;
}

/**
 * dra_flow_grids_begin_cells:
 * @self: a stack of tables
 * @n: how many cells, of which all but the last are empty
 *
 * Cells begin.
 */
void
dra_flow_grids_begin_cells (DraFlowGrids *self,
                            guint         n)
{
  Grid *grid = get_grid (self);

  if (grid == NULL)
    return;
  if (!grid->begun)
    dra_flow_begin_table (self->flow, grid->n_columns);
  grid->begun = TRUE;
  if (!grid->row_begun)
    dra_flow_begin_row (self->flow, grid->heading);
  grid->row_begun = TRUE;
  grid->span = 1;
  for (guint i = 0; i < n; i++)
    dra_flow_begin_cell (self->flow);
}

/**
 * dra_flow_grids_set_span:
 * @self: a stack of tables
 * @n: how many columns the cell takes that is open
 */
void
dra_flow_grids_set_span (DraFlowGrids *self,
                         guint         n)
{
  Grid *grid = get_grid (self);

  if (grid != NULL)
    grid->span = n;
}

/**
 * dra_flow_grids_end_cell:
 * @self: a stack of tables
 *
 * The cell ends; the other columns that it takes are empty.
 */
void
dra_flow_grids_end_cell (DraFlowGrids *self)
{
  Grid *grid = get_grid (self);

  for (guint i = 1; grid != NULL && i < grid->span; i++)
    dra_flow_begin_cell (self->flow);
}

/**
 * dra_flow_grids_end_row:
 * @self: a stack of tables
 *
 * The row ends.
 */
void
dra_flow_grids_end_row (DraFlowGrids *self)
{
  Grid *grid = get_grid (self);

  if (grid != NULL && grid->begun)
    dra_flow_end_row (self->flow);
}

/**
 * dra_flow_grids_end_table:
 * @self: a stack of tables
 *
 * The table ends.
 */
void
dra_flow_grids_end_table (DraFlowGrids *self)
{
  Grid *grid = get_grid (self);

  if (grid == NULL)
    return;
  if (grid->begun)
    dra_flow_end_table (self->flow);
  g_array_set_size (self->grids, self->grids->len - 1);
}

/**
 * dra_flow_grids_enter:
 * @self: a stack of tables
 *
 * A text box, a note or the like begins, which has tables of its own.
 *
 * Returns: what dra_flow_grids_leave() is to be given at its end
 */
guint
dra_flow_grids_enter (DraFlowGrids *self)
{
  guint floor = self->floor;

  self->floor = self->grids->len;

  return floor;
}

/**
 * dra_flow_grids_leave:
 * @self: a stack of tables
 * @floor: what dra_flow_grids_enter() returned
 *
 * The text box ends, and all tables that are open in it.
 */
void
dra_flow_grids_leave (DraFlowGrids *self,
                      guint         floor)
{
  while (get_grid (self) != NULL)
    dra_flow_grids_end_table (self);
  self->floor = floor;
}
